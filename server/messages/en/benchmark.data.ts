/** Runs, verdicts, figures, offers to the decision. */
export const benchmark = {
  job: {
    installing: {
      packages: "Installing the pilot's packages from its lock file.",
      uv: "Installing uv, which makes Python environments from lock files.",
    },
    leftOut: "… {lines} lines left out …",
  },
  /** Why a verdict is what it is. The rules write numbers and percentages themselves. */
  reason: {
    late: "{requests} requests in {runs} {count, plural, one {run} other {runs}}{dependence}: {over} at or over {targetMs} ms, {allowed}.",
    unanswered:
      "{requests} requests in {runs} {count, plural, one {run} other {runs}}{dependence}: {over} without a complete answer, {allowed}.",
    dependence: ", counted as {effective} independent requests (dependence {dependence})",
    allowed: "at most {most} may be",
    noneAllowed: "no count would pass",
    neitherSide: "{counts} Neither side is shown.",
    tooFewRuns:
      "{runs} {count, plural, one {run} other {runs}}; {least} are needed to show that requests do not depend on each other. {counts}",
    shareAbove:
      "{correct} of {outOf} right: the true share is above {bound} with {confidence} confidence, the target is above {target}.",
    shareUnder:
      "{correct} of {outOf} right: the true share is under {bound} with {confidence} confidence, the target is above {target}.",
    shareOpen:
      "{correct} of {outOf} right, which shows neither side of {target}: {passes}, {fails}. {needed}",
    passes: "{at} would have passed",
    nonePasses: "no count would have passed",
    fails: "{at} would have failed",
    noneFails: "none would have failed",
    tells: "{more} more questions tell it four times in five, if {observed} is the truth.",
    noneTells: "At this share no number of questions would tell.",
    runFailed: "The run failed in {stage}: {reason}",
    noneJudged: "No question could be judged by its rule.",
    noneToRefuse: "The set has no question that must be refused.",
    noPrice: "No price is configured, so the cost is unknown.",
    oneCost: "One cost per run is a single figure; it has no sampling interval to test.",
    openLoad: "An open load is served at the rate it arrives; it shows no upper limit to test.",
    meanOfQuestions: "A mean over questions has no exact one-sided test; it is shown without a verdict.",
    noRequest: "No request was sent.",
    targetToExceed: "The target must be a share between 0 and 1 that is to be exceeded.",
    targetToStayUnder: "The target must be a share between 0 and 1 to stay under.",
    targetTime: "The target must be a time in milliseconds to stay under.",
    leftLate:
      "The load generator did not keep its schedule: 1 % of the requests left {delayMs} ms late or more, allowed is 1 % of the target. Nothing is shown about the pilot.",
    sentSlowly:
      "The load generator did not keep its schedule: it sent at {rate} of the planned rate. Nothing is shown about the pilot.",
    utilisationUnknown: "{reason} Utilisation is unknown, so its limit was not applied.",
    tooBusy:
      "The server was {busy} busy; over {most} requests depend on each other so much that a verdict would be wrong too often. Lower the arrival rate. {reason}",
    runsShort:
      "{reason} Runs this short on a server {busy} busy pass a system exactly on its target up to {falsePass} of the time; longer runs are surer.",
  },
  /** All targets of a run together. */
  combined: {
    pass: "Every target is shown to be met.",
    fail: "{failed} of {of} targets {count, plural, one {is} other {are}} shown to be missed.",
    failByChance:
      "{failed} of {of} targets {count, plural, one {is} other {are}} shown to be missed. With {of} targets at once that can still be chance.",
    inconclusive: "{open} of {of} targets cannot be told from this sample.",
  },
  /** Where a measured answer comes from. */
  because: {
    processor:
      "Stage profile: the processor worked {cpuMs} of {wallMs} ms ({share}). From 50 % on the work is computing, below it is waiting.",
    ownCode: "Stage profile: {ownMs} of {wallMs} ms passed in our own code, the rest in the model.",
    p95: "Measured p95 {p95Ms} ms against a target of {targetMs} ms.",
    accuracy: "{correct} of {outOf} right; one-sided exact bound, 95 %.",
    cost: "{answers} answers, measured tokens, configured prices.",
    misses: "{count} of {misses} misses are of this class.",
    globalLock: "Read after all imports on {python}.",
    promised: "Not measured: the target in the configuration that was sealed before the run ({sealed}).",
  },
} as const;
