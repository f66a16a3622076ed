import { expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import type { RecordBody } from "#server/decision/record-schema.ts";
import { scheduleTasks } from "#server/plan/schedule-tasks.ts";
import { confirmLayers } from "./confirm-layers.ts";
import { type MadrInput, writeMadr } from "./write-madr.ts";

const answers = { ...PRESETS.find(({ id }) => id === "rag_support")?.answers, residency: "on_prem" };

function makeInput(more: Partial<RecordBody> = {}, record: MadrInput["record"] = null): MadrInput {
  const body: RecordBody = {
    schemaVersion: 1,
    project: "Claims desk",
    decidedBy: 'Ada: "the" owner #1',
    answers,
    words: { corpus: { name: "Documents", said: "100" } },
    decision: pickLayers(RULE_SET, answers),
    overrides: [],
    layers: RULE_SET.layers,
    sources: RULE_SET.sources,
    ...more,
  };
  const plan = scheduleTasks({ kind: "rag", startDate: null, holidays: [], states: {}, outcomes: {} });
  return { body, record, today: "2026-11-20", confirmedBy: confirmLayers(body, "rag", plan) };
}

const SECTIONS = [
  "## Context and Problem Statement",
  "## Decision Drivers",
  "## Considered Options",
  "## Decision Outcome",
  "### Consequences",
  "### Confirmation",
  "## Pros and Cons of the Options",
  "## More Information",
];

test.each([null, "retrieval"])("the record of %s has every section of MADR 4 in its order", (layer) => {
  const found = writeMadr(makeInput(), layer)
    .split("\n")
    .filter((line) => SECTIONS.includes(line));
  expect(found).toEqual(SECTIONS);
});

test("the front matter is valid whatever the people are called", () => {
  const [, front = ""] = writeMadr(makeInput(), null).split("---\n");
  const fields = Object.fromEntries(
    front
      .trim()
      .split("\n")
      .map((line) => line.split(/: (.*)/).slice(0, 2)),
  );
  expect(Object.values(fields).map((value) => JSON.parse(String(value)))).toEqual([
    "proposed",
    "2026-11-20",
    ['Ada: "the" owner #1'],
    [],
    [],
  ]);
});

test("every option is considered, a vetoed one with its reason, and weights stand on the drivers", () => {
  const text = writeMadr(makeInput(), "retrieval");
  for (const label of ["FAISS", "Self-hosted database", "Managed database", "On-device index"]) {
    expect(text).toContain(`* ${label}`);
  }
  expect(text).toContain(
    "Bad, because it is vetoed: A vendor's service is out: the data may not leave. (RET-6)",
  );
  expect(text).toContain("(RET-2, weight 2 × 1; Documents: 100)");
  expect(text).toContain("gate D5");
  expect(text).toContain("The benchmark judges precision\\_at\\_k".replaceAll("\\", ""));
});

test("an override is the chosen option, with its reason as text and the rules' pick beside it", () => {
  const override = {
    ...{ id: "ovr_1", layer: "api", option: "go", memberId: "mbr_1", at: "2026-11-20T12:00:00.000Z" },
    reason: "we run <b>Go</b>\n# everywhere",
  };
  const text = writeMadr(makeInput({ overrides: [override] }), "api");
  expect(text).toContain("# API: Go service");
  expect(text).toContain(
    'Chosen option: "Go service", because we run \\<b\\>Go\\</b\\> \\# everywhere (a person’s choice; by the rules: FastAPI).',
  );
});

test("the same record gives the same bytes", () => {
  const record = { number: 3, date: "2026-11-20", supersedes: 2, supersededBy: 4 };
  expect(writeMadr(makeInput({}, record), null)).toBe(writeMadr(makeInput({}, record), null));
  expect(writeMadr(makeInput({}, record), null)).toContain('status: "superseded by ADR-0004"');
});
