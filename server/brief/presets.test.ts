import { expect, test } from "vitest";
import { PRESETS } from "./presets.data.ts";
import { QUESTIONS } from "./questions.data.ts";
import type { ProjectKind } from "./schema.ts";

/** What nobody asks of such a system: documents and chats of a pipeline, any of them of an engine. */
const PIPELINE = ["corpus", "tenants", "monthly_q", "autonomy", "steps"];
const ENGINE = [...PIPELINE, "data_gb", "cadence", "labelled", "answer_accuracy_target", "requests_per_day"];
const IDLE: Partial<Record<ProjectKind, string[]>> = {
  classification: PIPELINE,
  forecast: PIPELINE,
  engine: ENGINE,
};

test.each(PRESETS.flatMap(({ kind, ...preset }) => (kind === null ? [] : [{ kind, ...preset }])))(
  "$title begins with four in five of the questions that concern it answered",
  ({ kind, answers }) => {
    const asked = QUESTIONS.filter(
      ({ id, measuredOnly, derive }) => !measuredOnly && !derive && !IDLE[kind]?.includes(id),
    );
    const open = asked.filter(({ id }) => !(id in answers)).map(({ id }) => id);
    expect(asked.length - open.length, `open: ${open.join(", ")}`).toBeGreaterThanOrEqual(0.8 * asked.length);
  },
);
