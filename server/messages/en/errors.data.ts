/** By error code: what happened and where, and what to do about it. The code is a promise to scripts, the words are not. */
export const errors = {
  ARCHIVE_DAMAGED: {
    said: "The archive was not made here: {why}.",
    fileChanged: "{path} was changed",
    fileName: "a file name in it is not allowed",
    files: "its list of files is not the one on record",
    hash: "its hash is not the one on record",
    size: "it is too large",
  },
  ARCHIVE_MISSING: {
    said: "The archive of this hand-out is no longer on this machine.",
    hint: "hand the pilot out again",
  },
  ARGUMENT_MISSING: {
    file: "Say which {what} to read.",
    out: "Say where to write it: --out DIR or --out FILE.zip.",
    start: "Say the first day: --start YYYY-MM-DD.",
    startHint: "or put it into the file as {example}",
  },
  ARGUMENT_UNKNOWN: {
    said: '"{argument}" is one argument too many.',
  },
  BODY_NOT_JSON: {
    report: "Not valid JSON: {reason}.",
    unreadable: "unreadable",
    file: "{path} is not valid JSON: {reason}",
    notJson: "not JSON",
  },
  BODY_TOO_DEEP: {
    report: "The file is nested deeper than {most} levels.",
  },
  CATALOGUE_INVALID: {
    said: "The skill catalogue cannot be used: {first} {count, plural, one {} other {(# problems in all)}}",
  },
  COMMAND_UNKNOWN: {
    said: 'there is no command "{name}".',
    hint: "one of {commands}",
  },
  CONFIG_INVALID: {
    issue: "{issue}.",
    key: 'There is no key "{key}" here.',
    device: "No part of this configuration runs on a GPU.",
    efConstruction: "It must be at least twice hnsw.m ({least}).",
    endpoint: "An endpoint needs both a model name and an address.",
    localModel: "A local model needs a name or a path.",
    overlap: "The overlap ({overlap}) must be smaller than the chunk ({chunk}).",
    precision: "No part of this configuration computes in that precision.",
    prices: "A limit on cost needs both prices of the tokens.",
  },
  CONFIG_TEMPLATE: {
    said: "This is for template version {theirs}; this app hands out {ours}.",
  },
  DATA_MISSING: {
    here: "This machine does not have the data set {dataSet}.",
    folder: "{path} is not a folder.",
  },
  DATE_INVALID: {
    option: "{option} {text}: {reason}",
  },
  ENVIRONMENT_FAILED: {
    noLock: "The pilot has no uv.lock, so its environment cannot be made.",
    noUv: "uv could not be installed from the Python registry.",
    packages: "The pilot's packages could not be installed.",
  },
  FILE_EMPTY: {
    report: "The file is empty.",
    file: "{path} is empty.",
  },
  FILE_TOO_LARGE: {
    file: "{path} is over 50 MiB.",
  },
  INPUT_MISSING: {
    absent: "{path} does not exist.",
    folder: "{path} is a folder.",
    forbidden: "{path} may not be read.",
  },
  INTERNAL: {
    benchmark: "Something went wrong while the benchmark was run. Nothing was stored.",
    terminal: "something in Pilotage went wrong; nothing was written.",
    terminalHint: "run again with --debug",
  },
  INVALID: {
    file: "The file",
    issue: "{place}: {issue}",
  },
  INVALID_ID: {
    project: "A project id looks like prj_01H….",
    projectHint: "It stands in the address of the project's page.",
  },
  JOB_ACTIVE: {
    said: "A benchmark of this project is waiting or running already.",
    hint: "wait for it, or cancel it first",
  },
  KEY_NOT_ALLOWED: {
    report: 'The key "{key}" is not allowed.',
  },
  KIND_UNKNOWN: {
    file: "The project has no kind yet.",
    fileHint: "One of {kinds}.",
  },
  LOST_RUNNER: {
    said: "The process that ran this benchmark went away, and did so as often as is tried. Its log was kept.",
  },
  METRIC_DISAGREES: {
    said: "{metric}: the report says {said}, its records give {found}.",
  },
  METRIC_DUPLICATE: {
    said: "{metric} stands there twice.",
  },
  METRIC_NOT_FINITE: {
    token: "{token} is not a number JSON has; use null.",
    tooLarge: "The number is too large to be read.",
  },
  METRIC_ORDER: {
    said: "A higher percentile is smaller than a lower one.",
  },
  METRIC_RANGE: {
    said: "{value} is outside what {metric} can be.",
  },
  METRIC_UNIT: {
    said: "{metric} is in {unit}, {direction} is better.",
  },
  NAME_CHARACTERS: {
    title: "The title is not allowed.",
  },
  NOT_FOUND: {
    job: "Job not found.",
    project: "Project not found.",
    run: "Run not found.",
    handOut: "Hand-out not found.",
    person: "This person is not on the team.",
    standard: "There is no {which} here; there are rules and skills.",
  },
  OUT_EXISTS: {
    said: "{path} exists already and is not touched.",
    hint: "choose another name, or an empty folder",
  },
  OUT_UNWRITABLE: {
    file: "{path} could not be created.",
    folder: "The folder {folder} does not exist.",
  },
  PEOPLE_TOO_MANY: {
    said: "A team has at most {most, number} people.",
  },
  PILOT_FAILED: {
    exited: "The pilot ended with exit code {exitCode}.",
    exitedSaying: "The pilot ended with exit code {exitCode}: {said}",
    killed: "The pilot was ended by {signal}: perhaps memory ran out.",
    noCommand: "The pilot's pyproject.toml names no `pilot` command.",
    notStarted: "The pilot could not be started on this machine.",
  },
  PILOT_LINK: {
    said: "A pilot holds plain files only.",
  },
  PILOT_MISSING: {
    folder: "{path} is not a folder.",
  },
  PLAN_WITHOUT_START: {
    said: "The plan has no start date yet.",
    hint: "Choose the first day.",
  },
  PROJECT_INVALID: {
    said: "Not a project file.",
    more: "{count, number} more in this file",
  },
  PYTHON_MISSING: {
    tooOld: "No Python on this machine is new enough for the pilot (3.11 or newer).",
    venv: "Python 3.11 or newer with its venv module is needed to run a pilot. On Debian or Ubuntu: apt-get install python3-venv.",
  },
  REPORT_CHECKSUM: {
    said: "The configuration was changed after it was sealed.",
  },
  REPORT_CONFLICT: {
    said: "A run of this id is stored with other content.",
    hint: "A report is never changed. Run the pilot again for a new one.",
  },
  REPORT_INVALID: {
    issue: "{issue}.",
    notAnObject: "A report is one JSON object.",
    notReport: "Not a report.",
    more: "{count, number} more of the kind; the report was not judged",
  },
  REPORT_MISSING: {
    said: "The pilot ended well but wrote no report.",
  },
  REPORT_REFUSED: {
    otherConfig: "The pilot's report was refused: it is not about the configuration that was handed out.",
    problem: "The pilot's report was refused: {problem}",
    problemAt: "The pilot's report was refused: {problem} (at {path})",
    tooLarge: "The report is over 64 MiB.",
    unfit: "it does not fit",
    said: "The report does not fit.",
  },
  REPORT_SPEC_MISMATCH: {
    otherProject: "The report is of project {project}, not of this one.",
    twoProjects: "The report and its configuration name two projects.",
    twoVersions: "The report and its configuration name two versions.",
  },
  REPORT_TOTALS: {
    judged: "The summary says {said} judged questions, the rows contain {found}.",
    noDoneTime: "An answered request has a time at which it was done.",
    outsidePlan: "The plan has {runs} runs of {requestsPerRun} requests; this is outside.",
    questions: "The summary says {said} questions, the rows contain {found}.",
    requests: "The plan has {planned} requests, the rows contain {found}.",
    retrieved: "More than k = {k} documents, or one of them twice.",
    runs: "The plan has {planned} runs, the list contains {found}.",
    twiceAsked: "A question id stands there twice.",
    twiceSent: "A request stands there twice.",
  },
  REPORT_VERSION: {
    said: "Report format {version}; this program reads {reads}. Update the program, or the pilot.",
    none: "without a version",
  },
  RULE_OVERDUE: {
    said: "The review date of {count, plural, one {a rule} other {# rules}} has passed: {first}. Review it, then set a new date.",
  },
  RULE_SET_INVALID: {
    otherId: "id: {id} is another rule set; this one is {expected}.",
    said: "The rule set cannot be used: {first} {count, plural, one {} other {(# problems in all)}}",
  },
  SAMPLES_INVALID: {
    issue: "{issue}.",
    notSample: "Not a sample",
    hint: "add --help for the two forms",
  },
  STOPPED: {
    said: "The benchmark was stopped. Nothing was written.",
  },
  STORAGE_FULL: {
    benchmark: "The disk is full: the benchmark could not go on. Nothing was stored.",
    packages: "The disk is full: the pilot's packages could not be installed.",
    run: "The disk is full or may not be written. Nothing was stored.",
    archive: "The archive could not be stored. Nothing was saved.",
    handOut: "{path} could not be written. Nothing was left behind.",
    report: "{path} could not be written.",
    hint: "free some space",
  },
  STORAGE_READ_ONLY: {
    hint: "this folder may not be written",
  },
  TARGETS_INVALID: {
    issue: "{path}: {issue}.",
    notTargets: "not targets",
  },
  TEMPLATE_BROKEN: {
    said: "The {template} template's pilot.json is not usable.",
    hint: "restore pilot-templates from the repository",
  },
  TEMPLATE_UNKNOWN: {
    said: 'There is no pilot "{name}".',
    missing: "Say which pilot to hand out.",
    hint: "one of: rag",
  },
  TIMED_OUT: {
    said: "The benchmark did not end within 30 minutes and was stopped.",
  },
  TIME_FUTURE: {
    said: "The run finished in the future: {finishedAt}.",
  },
  TIME_INVALID: {
    said: "A time must be written in UTC like 2026-11-20T10:00:00Z and exist.",
  },
  TIME_ORDER: {
    answered: "Answered before it was sent or begun.",
    finished: "The run finished before it started.",
    sent: "Sent before it was scheduled.",
  },
  UNKNOWN_FIELD: {
    report: 'A report has no field "{field}" here.',
    project: 'A project file has no field "{field}".',
    projectIn: 'A project file has no field "{field}" in {path}.',
  },
  USAGE: {
    hint: "add --help for an example",
    shortHint: "add --help",
    nearest: "did you mean --{option}?",
    option: "There is no option --{option}.",
    pilotFolder: "Say which folder holds the pilot.",
    preset: 'There is no preset "{preset}": quick or standard.',
    project: 'Say "project export ID" or "project import FILE".',
    reportPath: "Say where to write the report: --out report.json.",
  },
  VERSION_CONFLICT: {
    person: "Somebody else changed this person meanwhile.",
    plan: "Somebody else changed the plan meanwhile.",
    hint: "Look at both values and choose.",
  },
  VERSION_TAKEN: {
    ruleSet: "Version {version} of {id} is published already.",
    catalogue: "Version {version} of the skill catalogue is published already.",
    hint: "Raise the version.",
  },
} as const;
