import type { Edit } from "./work-sample.data.ts";

/** For interviewers alone. Never part of what a candidate gets. */
export const WORK_SAMPLE_FIX: Edit[] = [
  {
    path: "src/rag_pilot/ingest.py",
    find: "windows.append((pieces[first][0], pieces[first][1]))",
    replace: "windows.append((pieces[first][0], pieces[last][1]))",
  },
];

export const WORK_SAMPLE_ANSWERS = `# Answer sheet: a support assistant that got worse

For interviewers. Do not hand out, do not show on a shared screen.

## The planted fault
\`src/rag_pilot/ingest.py\`, \`_windows\`: a chunk ends where its first sentence ends, not where its last one does. All
other sentences are never indexed, so neither words nor vectors can find them.

    - windows.append((pieces[first][0], pieces[first][1]))
    + windows.append((pieces[first][0], pieces[last][1]))

What shows it: \`tests/model/test_quality_floor.py\` fails, and three tests of \`tests/code/test_serve.py\`. On the bundled set of 100 questions, with the template of
2026-11-21: 11 answered correctly in place of 62, precision at 5 of 0.144 in place of 0.184, recall at 5 of 0.717 in place
of 0.911. The code of search and ranking is innocent: a candidate who prints the chunks sees it within minutes.

## The schema
\`src/rag_pilot/bodies.py\`, class \`Ask\`: one field with a pattern, for example

    ticketId: Annotated[str, Field(pattern=r"^DESK-[0-9]{4}$")] | None = None

A wrong one is then refused with 422 and the name of the key by what is already there. A test beside
\`tests/code/test_serve.py\` asks with a right one, a wrong one and none.

## The p95
\`make bench\` writes it with its sample: ten runs of 60 requests at 20 a second, open loop, from scheduled arrival to the
last byte. Any honest measurement counts. One run of a handful of requests proves nothing, and who says so shows more
than who gives a figure with two decimals.

## Anchors
| | 1 poor | 2 mixed | 3 good | 4 excellent |
|---|---|---|---|---|
| Finding | Changes k, weights or the test until it passes | Finds it by reading everything | Compares stages, looks at chunks or at one failing question, repairs the cause | Rules out stages with a measurement each, adds a test that would have caught it |
| Schema | No check, or in the handler by hand | A check without a test | Field with a pattern, a refusal that names it, a test | Also says what old clients notice and where else it must go |
| p95 | A guess | One figure without a sample | Figure, sample, how it was measured | Says what it proves, what it does not, and what more would take |

Rate the three rows apart. Do not add them up. Not reached in time is "not assessed", not a 1.
`;
