/** What the command line says while it works. What a command is for stands with the command. */
export const terminal = {
  at: "{message} (at {path})",
  also: "also: {problem}",
  dayMoved: "{from} is a {reason, select, weekend {weekend} other {holiday}}; day 1 is {to}.",
  input: {
    answers: "answers",
    pilot: "pilot.json",
    project: "project file",
    report: "report",
    samples: "samples file",
    targets: "targets file",
  },
  bench: {
    modified:
      "modified: {path} was {change, select, edited {edited} added {added} other {removed}} since it was handed out",
    isolation: "isolation: network {network}, limits {limits, select, on {on} other {off}}",
    phase: "phase: {phase}",
    step: "{phase}: {done} of {total}",
  },
  sweep: {
    plan: "{count, plural, one {one point} other {# points}}, about {minutes} minutes; each is told at alpha {alpha}. A sweep explores; no gate is decided by it.",
    point: "point {point} of {of}: {mode}, k = {k}, {rate} a second",
    failed: "not measured: {message}",
  },
  store: {
    stored: "stored: {run}, {outcome}{modified, select, yes {, modified} other {}}",
    noProject: "not stored: this pilot belongs to no project",
    noDatabase: "not stored: there is no database here yet",
    noWorkspace: "not stored: there is no workspace here yet",
    elsewhere: "not stored: the project {project} is not in this workspace",
  },
} as const;
