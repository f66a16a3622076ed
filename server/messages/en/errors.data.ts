/** By error code: what happened and where, and what to do about it. The code is a promise to scripts, the words are not. */
export const errors = {
  ANSWERS_NOT_AN_OBJECT: {
    said: "Answers are an object of question ids and values.",
    hint: 'For example \'{\'"bound": "io", "latency_ms": 2000\'}\'.',
  },
  ANSWER_CONFLICT: {
    said: "This question was answered meanwhile.",
    hint: "Look at both answers and choose.",
  },
  ANSWER_INVALID: {
    said: '{question}: {wrong} Allowed: {allowed}, or "unknown".',
    noAnswer: "Not an answer.",
    notBool: "{value} is neither true nor false.",
    notOption: "{value} is not an option.",
    notList: "{value} is not a list.",
    twice: "The list names something twice.",
    notNumber: "{value} is not a number.",
    notWhole: "{value} is not a whole number.",
    tooSmall: "{value} is too small.",
    tooLarge: "{value} is too large.",
    unquoted: "Write the number without quotes: {value}.",
    nearest: 'Did you mean "{word}"?',
    allowedSet: "a list of {words}",
    allowedBool: "true, false",
    allowedWhole: "a whole number {range}",
    allowedNumber: "a number {range}",
    from: "from {min}",
    between: "from {min} to {max}",
    unit: "{allowed} ({unit})",
  },
  ARCHIVE_DAMAGED: {
    said: "The archive was not made here: {why}.",
    fileChanged: "{path} was changed",
    fileName: "a file name in it is not allowed",
    files: "its list of files is not the one on record",
    hash: "its hash is not the one on record",
    size: "it is too large",
    stored: "The stored archive was changed and is not handed out.",
    storedHint: "hand the pilot out again",
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
  BATCH_TOO_LARGE: {
    said: "A batch holds at most {most} calls.",
  },
  BODY_NOT_JSON: {
    report: "Not valid JSON: {reason}.",
    unreadable: "unreadable",
    file: "{path} is not valid JSON: {reason}",
    notJson: "not JSON",
    request: "Request body is not valid JSON.",
    requestAt: "Request body is not valid JSON (line {line}, column {column}).",
  },
  BODY_TOO_DEEP: {
    report: "The file is nested deeper than {most} levels.",
    request: "Request body is nested deeper than {most} levels.",
  },
  BODY_TOO_LARGE: {
    said: "Body is {size} or more; the limit is {limit}.",
  },
  CATALOGUE_INVALID: {
    said: "The skill catalogue cannot be used: {first} {count, plural, one {} other {(# problems in all)}}",
  },
  CHECK_DIFFERS: {
    said: "The forms of the example {example} came to different results, so their times compare nothing.",
  },
  COLUMNS_TOO_MANY: {
    said: "The file has cells beyond {most, number} columns. It is no skills matrix.",
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
    outside: "{value} does not fit: from {least} to {most}.",
    overlap: "The overlap ({overlap}) must be smaller than the chunk ({chunk}).",
    precision: "No part of this configuration computes in that precision.",
    columnTwice: "{column} has two roles; a column has one.",
    rising: "The numbers must rise, each once.",
    lowAboveHigh: "{low} is above {high}.",
    noNumber: "{column} is no amount and no number of data.",
    approver: "A regulated pilot needs a named approver.",
    bfloat16: "bfloat16 needs a GPU.",
    foreignMetric: "{metric} does not fit the task {task}.",
    prices: "A limit on cost needs both prices of the tokens.",
    workers: "The numbers of workers must rise, each once.",
  },
  CONFIG_TEMPLATE: {
    said: "This is for template version {theirs}; this app hands out {ours}.",
    other: "This configures the pilot {theirs}, not {ours}.",
  },
  CSV_ENCODING: {
    utf16:
      "Line 1: the file is written in UTF-16. Save it as “CSV UTF-8 (comma separated)”, or hand in the XLSX.",
    notUtf8:
      "{place}: this byte is not UTF-8; the file may be Latin-1. Save it as “CSV UTF-8 (comma separated)”, or hand in the XLSX.",
  },
  CSV_QUOTE: {
    said: "{place}: a quote begins here and never ends.",
  },
  CSV_RAGGED: {
    said: "{place}: {count, plural, one {# column} other {# columns}} where the first line has {expected, number}.",
  },
  CSV_SEPARATOR: {
    said: "{place}: the columns are parted by {found, select, semicolon {semicolons} tab {tabs} other {something else}}; a comma is expected. Save it as “CSV UTF-8 (comma separated)”, or hand in the XLSX.",
  },
  DATABASE_DAMAGED: {
    said: "{path} is not a readable database; it was left as it is.",
    hint: "A copy from before the last update may stand beside it: {path}.before-…",
  },
  DATABASE_URL_INVALID: {
    said: "DATABASE_URL must look like postgresql://user:…@host:5432/name or file:/path/to.db.",
  },
  DATA_DIR_READONLY: {
    said: "{folder} cannot be written.",
    hint: "Set PILOTAGE_DATA_DIR to a folder you may write to.",
  },
  DATA_MISSING: {
    here: "This machine does not have the data set {dataSet}.",
    folder: "{path} is not a folder.",
  },
  DATE_INVALID: {
    option: "{option} {text}: {reason}",
  },
  DEVICE_NOT_HERE: {
    said: "This pilot asks for a GPU. A run on this machine measures the CPU only.",
  },
  ENDPOINT_NOT_REACHABLE: {
    said: "This pilot calls a model endpoint, and a run here has no network. Run it where the endpoint is.",
    hint: "make bench there, then upload report.json",
  },
  ENTRY_FILE: {
    newer: "This file of candidates is of a newer version than this program reads.",
    newerHint: "Update Pilotage, then import it again. Nothing was stored.",
    project: "This is a whole project, not a list of candidates.",
    projectHint: "Import it as a new project on the first page. Nothing was stored.",
    hint: "Nothing was stored. A file of candidates comes from Export as JSON on this page.",
  },
  ENTRY_STOPPED: {
    said: "{title} cannot be chosen as it stands.",
    hint: "{because} Change the check “{check}” when that is no longer so.",
  },
  ENTRY_TAKEN: {
    said: "Another candidate is called {title}.",
    hint: "Choose another title.",
  },
  ENTRY_TOO_MANY: {
    said: "A project compares at most {most} candidates.",
    hint: "Delete one that is out of the question first.",
  },
  ENTRY_TWO_CHOSEN: {
    said: "Another candidate is chosen already; a project begins with one.",
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
    matrix: "The file is larger than {most, number} MiB, packed or unpacked. It is no skills matrix.",
  },
  FILE_TYPE_MISMATCH: {
    matrix: "The content is neither a CSV nor a workbook that can be read.",
  },
  FORMULA: {
    said: "{place}: this cell holds a formula. Put its value there: a level, or nothing.",
    text: "{place}: “{word}” begins like a formula. A level, or nothing, is expected.",
  },
  FORBIDDEN: {
    page: "You may not open this.",
    role: "Your role ({role}) cannot do this. Ask an owner.",
  },
  HOST_REJECTED: {
    said: "Pilotage answers on the loopback address only.",
  },
  IMPORT_MOVED: {
    said: "What this file would change is not what was shown: file or matrix changed meanwhile. Nothing was saved.",
    hint: "Look at the changes again and confirm them.",
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
    said: "Something went wrong on our side. Nothing was saved.",
    short: "Something went wrong.",
  },
  INVALID: {
    file: "The file",
    issue: "{place}: {issue}",
    input: "Input",
  },
  INVALID_ID: {
    project: "A project id looks like prj_01H….",
    projectHint: "It stands in the address of the project's page.",
    run: '"{text}" is no run id; one looks like run_01H….',
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
    said: "Say first what kind of project this is.",
    hint: "Answer the question in the brief.",
  },
  LEVEL_UNDEFINED: {
    said: "{skill} has no level {level, number}.",
    hint: "The catalogue says which levels a skill has.",
  },
  LOST_RUNNER: {
    said: "The process that ran this benchmark went away, and did so as often as is tried. Its log was kept.",
  },
  MATRIX_INVALID: {
    more: "Nothing was saved. {count, plural, one {One more problem stands} other {# more problems stand}} in the list.",
    nothing: "Nothing was saved.",
    COLUMN_TWICE: "{place}: the column “{word}” stands there twice.",
    COLUMN_UNKNOWN: "{place}: “{word}” is no role of the catalogue and nobody on the team.",
    HEADER_MISSING: "{place}: no column is headed “{word}”.",
    IMPORTANCE_UNKNOWN: "{place}: “{word}” is no importance; must, should or could is.",
    LEVEL_MISMATCH: "{place}: “{word}” says two things; that level is called {name}.",
    LEVEL_RANGE: "{place}: “{word}” is no level from 0 to 4.",
    LEVEL_UNDEFINED: "{place}: {word} has no level {name}.",
    LEVEL_UNREADABLE: "{place}: “{word}” is no level. Write 0 to 4, or leave the cell empty.",
    NAME_CHARACTERS: "{place}: {word}",
    PERSON_TWICE: "{place}: two people are called “{word}”. Give one of them another alias.",
    REQUIREMENT_TWICE: "{place}: {word} stands there twice for the role {name}.",
    ROLE_UNKNOWN: "{place}: “{word}” is no role of the catalogue.",
    SKILL_NAME: "{place}: “{word}” is called {name} in the catalogue. Was a column sorted alone?",
    SKILL_TWICE: "{place}: the skill {word} stands there twice.",
    SKILL_UNKNOWN: "{place}: “{word}” is no skill of the catalogue.",
  },
  MEASURED_ONLY: {
    said: "Only a benchmark can answer this question.",
    hint: "Run the benchmark and accept its answers.",
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
  MIGRATION_CHANGED: {
    said: "Migration {name} was applied in another form.",
  },
  MODEL_NOT_HERE: {
    said: "This pilot names a model. A run on this machine has no network to fetch it and none of its files.",
  },
  NAME_CHARACTERS: {
    title: "The title is not allowed.",
  },
  NAME_TAKEN: {
    said: "Another project has this name.",
    hint: "Choose another name.",
  },
  NOTHING_TO_UNDO: {
    said: "This question has no answer yet.",
  },
  NOT_FOUND: {
    job: "Job not found.",
    entryPoint: "This candidate is not there any more.",
    project: "Project not found.",
    run: "Run not found.",
    runFile: "There is no {file} of a run; there are report.json, requests.csv and questions.csv.",
    handOut: "Hand-out not found.",
    person: "This person is not on the team.",
    scorecard: "There is no such scorecard; it may have run out.",
    standard: "There is no {which} here; there are rules and skills.",
    task: "The plan has no such task.",
    formats: "the formats are {formats}",
    matrixFormat: "There is no {format} of the team.",
    planFormat: "There is no {format} of the plan; there are csv and ics.",
    layer: "There is no such layer or option.",
    record: "There is no record of that number.",
    skill: "The catalogue has no skill {skill}.",
    decisionFormat: "There is no {format} of the decision; there are madr.md and madr.zip.",
    neverHandedOut: "This project has not been handed out yet.",
  },
  NOT_HANDED_OUT: {
    said: "Hand the pilot out first; then it can be run here.",
  },
  OFFER_GONE: {
    said: "The brief was changed since this was offered.",
    hint: "Look at the offers again.",
  },
  ORIGIN_REJECTED: {
    said: "The request comes from another site and was refused.",
  },
  OUT_EXISTS: {
    said: "{path} exists already and is not touched.",
    hint: "choose another name, or an empty folder",
  },
  OUT_UNWRITABLE: {
    file: "{path} could not be created.",
    folder: "The folder {folder} does not exist.",
  },
  OVERRIDE_CONFLICT: {
    said: "Somebody chose something for this layer meanwhile.",
    hint: "Look at both choices and decide again.",
  },
  OVERRIDE_UNKNOWN: {
    said: "The rules here have no option {option} for the layer {layer}.",
    twice: "The file chooses twice for the layer {layer}.",
    hint: "Take this choice out of the file, or publish the rules it was made by. Nothing was stored.",
  },
  PAY_MISSING: {
    said: "Nobody has said yet what {role} is paid ({engagement, select, permanent {permanent} other {contract}}).",
    hint: "enter a pay range on the hiring page: several jurisdictions ask for one in every advertisement",
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
  PILOT_RUNS_ITSELF: {
    said: "This pilot keeps its days and its models where it lies, so it is benchmarked there.",
  },
  PLAN_WITHOUT_START: {
    said: "The plan has no start date yet.",
    hint: "Choose the first day.",
  },
  PROJECT_FOREIGN: {
    report: "This is a benchmark report, not a project. It is uploaded on the Benchmark page of its project.",
    rules: "This is a rule set, not a project. It is published on the page Rules and skills.",
    skills: "This is a skill catalogue, not a project. It is published on the page Rules and skills.",
    pilot:
      "This is the configuration of a pilot, not a project. It lies inside the pilot that was handed out.",
    entryPoints:
      "These are candidates without a project. They are added on the page Entry points of a project.",
  },
  PROJECT_INVALID: {
    said: "Not a project file.",
    notAnObject: "A project file is one JSON object.",
    hint: "A project file comes from Export as JSON, or from pilotage project export. Nothing was stored.",
    more: "{count, number} more in this file",
  },
  PROJECT_NEWER: {
    said: "This file has version {theirs}; this program reads version {ours}.",
    hint: "Update Pilotage, then import it again. Nothing was stored.",
  },
  PYTHON_MISSING: {
    tooOld: "No Python on this machine is new enough for the pilot (3.11 or newer).",
    venv: "Python 3.11 or newer with its venv module is needed to run a pilot. On Debian or Ubuntu: apt-get install python3-venv.",
  },
  RECORDS_GONE: {
    said: "The raw records of this run were taken out, so it cannot be judged or compared again.",
    already: "These records were taken out before.",
    hint: "The verdicts and the hash of the whole report stay. Run it again for new records.",
  },
  RAY_FAILED: {
    said: "The Ray cluster at {address} could not do it: {said}",
    hint: "Look into the cluster's own log for the job.",
    failed: "The job ended on the Ray cluster before the pilot did. {said}",
    forgotten: "The Ray cluster no longer knows the job. It was perhaps started anew.",
    noEnd: "The Ray cluster calls the job done, but its report did not arrive whole.",
    stopped: "The job was stopped on the Ray cluster by someone else.",
  },
  RAY_NO_ROOM: {
    said: "No node of the Ray cluster became free for the job, or none has what it needs.",
  },
  RAY_OPEN: {
    said: "The Ray cluster at {address} answers without a token, so nothing was sent to it. {said}",
    hint: "Whoever reaches such a cluster can run any program on it. Start it with RAY_AUTH_MODE=token.",
  },
  RAY_SLOW: {
    said: "The Ray cluster at {address} did not answer within {seconds} s.",
    hint: "See whether its head node is overloaded, then start the benchmark again.",
  },
  RAY_TOKEN_REFUSED: {
    said: "The Ray cluster at {address} refused the token. {said}",
    hint: "PILOTAGE_RAY_TOKEN must be the RAY_AUTH_TOKEN of the cluster.",
  },
  RAY_UNREACHABLE: {
    said: "Nothing answers at {address}, where the Ray cluster should be (waited up to {seconds} s).",
    hint: "See whether the cluster runs and whether PILOTAGE_RAY_ADDRESS is right.",
  },
  RAY_VERSION: {
    said: "The cluster runs Ray {found}; this server is set to {pinned}.",
    hint: "Set PILOTAGE_RAY_VERSION once you have tried that version.",
  },
  RAY_WRONG_ADDRESS: {
    said: "What answers at {address} is not a Ray cluster. {said}",
    hint: "PILOTAGE_RAY_ADDRESS is the address of the dashboard, by default port 8265.",
  },
  RECORD_CONFLICT: {
    said: "Somebody recorded this decision meanwhile.",
    hint: "Look at the newest record, then record again if yours differs.",
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
    hint: "Nothing was stored.",
  },
  REPORT_MISSING: {
    said: "The pilot ended well but wrote no report.",
  },
  REPORT_REFUSED: {
    otherConfig: "The pilot's report was refused: it is not about the configuration that was handed out.",
    otherPlan:
      "The pilot's report was refused: it followed another plan than the one that was sealed before the run.",
    problem: "The pilot's report was refused: {problem}",
    problemAt: "The pilot's report was refused: {problem} (at {path})",
    tooLarge: "The report is over 64 MiB.",
    unfit: "it does not fit",
    said: "The report does not fit.",
  },
  REPORT_SPEC_MISMATCH: {
    twoTasks: "The report is about another task than its configuration.",
    otherProject: "The report is of project {project}, not of this one.",
    twoProjects: "The report and its configuration name two projects.",
    twoVersions: "The report and its configuration name two versions.",
  },
  REPORT_TOTALS: {
    positives: "The summary says {said} positives, the rows contain {found}.",
    rows: "The summary says {said} rows or series, the report contains {found}.",
    rowTwice: "A row or series stands there twice.",
    exampleTwice: "An example stands there twice.",
    formTwice: "The form {name} stands there twice.",
    formUnknown: "The form {name} with this number of workers is none of this example.",
    rounds: "The configuration says {planned} rounds, the list contains {found}.",
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
  ROLE_UNKNOWN: {
    said: "There is no role {role} here.",
    hint: "the roles are {roles}",
  },
  ROWS_TOO_MANY: {
    said: "The file has more than {most, number} rows. It is no skills matrix.",
  },
  RULES_MOVED: {
    said: "Version {inForce} was published while {base} was being edited.",
    hint: "Reload the page to edit the version in force; copy your numbers first.",
  },
  RULE_OVERDUE: {
    said: "The review date of {count, plural, one {a rule} other {# rules}} has passed: {first}. Review it, then set a new date.",
  },
  RULE_SET_INVALID: {
    otherId: "id: {id} is another rule set; this one is {expected}.",
    said: "The rule set cannot be used: {first} {count, plural, one {} other {(# problems in all)}}",
    issue: "{place}: {issue}",
    whole: "rule set",
    twice: "{what}: {id} stands twice.",
    noLayer: "{owner}: there is no layer {id}.",
    noOption: "{owner}: there is no option {id}.",
    noRule: "edits: there is no rule {id}.",
    noSource: "{owner}: there is no source {id}.",
    noQuestion: "{owner}: there is no question {id}.",
    needsLayer: "{owner}: a {kind} needs a layer.",
    threshold: "{owner}: threshold {question} = {value} is not in its condition.",
    emptied: "{owner}: its vetoes leave no option, whatever is answered.",
  },
  RUNS_TOO_FEW: {
    said: "Two different runs are needed to compare.",
  },
  RUNS_UNLIKE: {
    said: "Only runs that asked questions can be compared question by question.",
  },
  SAMPLES_INVALID: {
    issue: "{issue}.",
    notSample: "Not a sample",
    hint: "add --help for the two forms",
  },
  SCHEMA_NEWER: {
    said: "The database holds migration {name}; this program knows up to {newest}.",
    hint: "Update Pilotage, or restore the copy made before the update.",
  },
  SCORECARDS_OFF: {
    said: "Scorecards are off in this workspace. Nothing was kept.",
    hint: "the owner can switch them on and say for how many days they are kept",
  },
  SCORECARDS_TOO_MANY: {
    said: "A project keeps at most {most, number} scorecards.",
  },
  SETTING_INVALID: {
    said: "{name}: {reason}",
    rayAddress: "must be the address of the Ray cluster's dashboard, like https://ray.example.com",
    rayPlain:
      "the token would cross the network unprotected; use https, or set PILOTAGE_RAY_PLAIN_HTTP=allow",
    rayToken: "must be the cluster's token, at least 16 characters without blanks",
  },
  SIGN_IN: {
    said: "Sign in to go on.",
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
    said: "The disk is full. Nothing was saved.",
    saidHint: "Free some space and try again.",
  },
  STORAGE_READ_ONLY: {
    hint: "this folder may not be written",
  },
  STORE_NOT_REACHABLE: {
    said: "This pilot asks a store that is a server of its own. A run on this machine has no network.",
  },
  STORE_UNAVAILABLE: {
    said: "The database does not answer. Nothing was saved.",
    hint: "Try again in a moment.",
    postgres: "PostgreSQL at {address} does not answer.",
  },
  STORE_UNSAFE: {
    said: "SQLite runs with {name} = {found}, not {wanted}; data could be lost.",
    hint: "Move the data folder to a local disk.",
  },
  SWEEP_GONE: {
    said: "There is no such sweep in this project.",
  },
  SWEEP_INVALID: {
    contradiction: "The search {mode} does not go with what was handed out: {because}",
    hint: "change the values of the sweep",
    k: "k = {k}: passages are whole numbers from 1 to 50.",
    long: "This sweep is {hours} hours of load; at most {most} are allowed, or nobody has the machine to themselves.",
    mode: "There is no search {mode}; there are {known}.",
    noSearch: "A sweep varies the search, and this pilot has none.",
    notNumber: "{text} is not a number.",
    points:
      "{points} points: a sweep has at most {most}. More would take hours and split the error level so far that no point could show anything.",
    template: "Only a pilot that searches has something to sweep.",
    rate: "{rate} arrivals a second: a rate lies between {least} and 1000, or a point would take longer than a run may.",
  },
  TARGETS_INVALID: {
    issue: "{path}: {issue}.",
    notTargets: "not targets",
  },
  TEMPLATE_BROKEN: {
    said: "The {template} template's pilot.json is not usable.",
    workSample: "The template has moved on; the work sample's fault has no place in it.",
    hint: "restore pilot-templates from the repository",
  },
  TEMPLATE_UNKNOWN: {
    said: 'There is no pilot "{name}".',
    missing: "Say which pilot to hand out.",
    hint: "one of: {names}",
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
    outsideTest: "The day lies outside of the days of the test.",
    testBeforeTrain: "The test begins before the training ends: a model would have seen it.",
    answered: "Answered before it was sent or begun.",
    finished: "The run finished before it started.",
    sent: "Sent before it was scheduled.",
  },
  TYPE_NOT_JSON: {
    said: "Send JSON (content-type: application/json).",
  },
  UNKNOWN_FIELD: {
    report: 'A report has no field "{field}" here.',
    project: 'A project file has no field "{field}".',
    projectIn: 'A project file has no field "{field}" in {path}.',
    input: "Field ''{field}'' cannot be set here.",
  },
  UNKNOWN_QUESTION: {
    said: "There is no question {id}.",
    hint: "The questions are listed in the reference.",
  },
  USAGE: {
    hint: "add --help for an example",
    shortHint: "add --help",
    nearest: "did you mean --{option}?",
    noteLength: "A note has at most 2000 characters.",
    noteText: 'Say what to write: --text "the machine was busy"; an empty text takes the note away.',
    option: "There is no option --{option}.",
    pilotFolder: "Say which folder holds the pilot.",
    preset: 'There is no preset "{preset}": quick, standard or sweep.',
    project: 'Say "project export ID" or "project import FILE".',
    reportPath: "Say where to write the report: --out report.json.",
    runIds: "Name {count, plural, one {the run} other {at least # runs}} by id.",
    runs: 'Say "runs list", "runs compare", "runs note" or "runs judge", then the project.',
    sweepOnly: "--{option} is of a sweep: add --preset sweep.",
    sweepOut: "A sweep writes a folder, and {path} is a file or stands nowhere.",
    targetsFile: "Say by which targets: --targets targets.json.",
    teamExport:
      "Say which project, which format and where to: team export --project prj_… --format pdf --out team.pdf. The formats are {formats}; those of one role also take --role.",
    teamImport:
      "team import takes a file and --project ID; --source is peer, manager, evidence or self, --reason has 3 to 300 characters.",
  },
  VERSION_CONFLICT: {
    entryPoint: "Somebody else changed this candidate meanwhile.",
    person: "Somebody else changed this person meanwhile.",
    plan: "Somebody else changed the plan meanwhile.",
    hint: "Look at both values and choose.",
    project: "Somebody else changed this project meanwhile.",
    run: "Somebody else changed this run meanwhile.",
    staffing: "Somebody else changed the staffing of this project meanwhile.",
    projectHint: "Look at both names and choose.",
  },
  VERSION_NOT_HIGHER: {
    said: "Version {version} is not above {inForce}, which is in force.",
  },
  VERSION_TAKEN: {
    ruleSet: "Version {version} of {id} is published already.",
    catalogue: "Version {version} of the skill catalogue is published already.",
    hint: "Raise the version.",
  },
  WORDING_CODED: {
    said: "The advertisement says “{words}”: {why}",
    hint: "change the name of the role, its mission or the project, where these words stand",
  },
} as const;
