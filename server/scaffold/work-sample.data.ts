/** One place of a template's file and what stands there instead. It must be found exactly once. */
export type Edit = { path: string; find: string; replace: string };

/** What the candidate gets: the RAG pilot, cut down to what ninety minutes can read, with one planted fault. */
export const WORK_SAMPLE = {
  name: "work-sample-1",
  template: "rag",
  /** Folders and files of the template that come along. Everything else is left out. */
  keeps: [
    "LICENSE",
    "Makefile",
    "contract/",
    "data/",
    "pilot.json",
    "pyproject.toml",
    "requirements.lock",
    "src/",
    "tests/__init__.py",
    "tests/code/__init__.py",
    "tests/code/conftest.py",
    "tests/code/test_cache.py",
    "tests/code/test_config.py",
    "tests/code/test_retrieve.py",
    "tests/code/test_serve.py",
    "tests/model/__init__.py",
    "tests/model/test_quality_floor.py",
    "uv.lock",
  ],
  faults: [
    {
      path: "src/rag_pilot/ingest.py",
      find: "windows.append((pieces[first][0], pieces[last][1]))",
      replace: "windows.append((pieces[first][0], pieces[first][1]))",
    },
  ] satisfies Edit[],
} as const;

/** The README of the hand-out: the task, in the same words for everybody. */
export const WORK_SAMPLE_TASK = `# Work sample: a support assistant that got worse

You have 90 minutes: about 10 to read, 65 to work, 15 to talk it through. Use every tool you like, also an assistant, and
say what you used. Nobody expects everything to be done. We look at how you find out, not at how much you type.

This is a small question-answering service over a bundled set of documents. It runs offline:

    make setup
    make test
    make bench

It was fine last week. Since then somebody tidied up, and some of its tests fail.

1. **Find why precision at k dropped.** Say what you looked at first, what you ruled out, and how you know that you found
   the cause and not a symptom. Repair it.
2. **Add a schema.** The service desk now sends a ticket with each question: \`POST /ask\` shall take an optional
   \`ticketId\` of the form \`DESK-1234\`. Anything else is refused with a clear message, and a test shows it.
3. **Report p95.** Give the p95 of the answers after your repair, how you measured it, on how many requests, and what it
   does and does not prove.

Write what you would tell a colleague into \`NOTES.md\`, half a page at most. Put no name on anything.
`;
