import { describe, expect, test } from "vitest";
import { checkAnswers } from "./check-answers.ts";
import { PRESETS } from "./presets.data.ts";
import { QUESTIONS } from "./questions.data.ts";
import { Preset, PresetId, Question } from "./schema.ts";

const issuesOf = (document: unknown) => {
  const checked = checkAnswers(document);
  return checked.ok ? [] : checked.issues.map(({ code, path, message, hint }) => [code, path, message, hint]);
};

describe("answers are held against the catalogue", () => {
  test.each([
    [
      "a misspelt key names the question that was meant",
      { latncy_ms: 2000 },
      ["UNKNOWN_QUESTION", "latncy_ms", 'There is no question "latncy_ms".', 'Did you mean "latency_ms"?'],
    ],
    [
      "a key like no other points at the reference",
      { zzzzzzzzzzzz: 1 },
      [
        "UNKNOWN_QUESTION",
        "zzzzzzzzzzzz",
        'There is no question "zzzzzzzzzzzz".',
        "The questions are listed in the reference.",
      ],
    ],
    [
      "a misspelt option names the allowed ones",
      { bound: "cpuu" },
      [
        "ANSWER_INVALID",
        "bound",
        'bound: "cpuu" is not an option. Allowed: io, cpu, gpu, mixed, or "unknown".',
        'Did you mean "cpu"?',
      ],
    ],
    [
      "a number in quotes is shown without them",
      { latency_ms: "2000" },
      [
        "ANSWER_INVALID",
        "latency_ms",
        'latency_ms: "2000" is not a number. Allowed: a number from 0 to 3600000 (ms), or "unknown".',
        "Write the number without quotes: 2000.",
      ],
    ],
    [
      "a word is not a yes",
      { profiled: "yes" },
      [
        "ANSWER_INVALID",
        "profiled",
        'profiled: "yes" is neither true nor false. Allowed: true, false, or "unknown".',
        null,
      ],
    ],
    [
      "a negative share is too small",
      { hot_share: -1 },
      [
        "ANSWER_INVALID",
        "hot_share",
        'hot_share: -1 is too small. Allowed: a number from 0 to 100 (%), or "unknown".',
        null,
      ],
    ],
    [
      "half a document does not exist",
      { corpus: 1.5 },
      [
        "ANSWER_INVALID",
        "corpus",
        'corpus: 1.5 is not a whole number. Allowed: a whole number from 0 to 100000000000, or "unknown".',
        null,
      ],
    ],
  ])("%s", (_title, document, issue) => {
    expect(issuesOf(document)).toEqual([issue]);
  });

  test.each([
    ["one language is still a list", { langs: "python" }],
    ["a list names each language once", { langs: ["go", "go"] }],
    ["a language nobody offers is refused", { langs: ["cobol"] }],
    ["not a number is not a number", { latency_ms: Number.NaN }],
    ["nothing is not an answer", { bound: null }],
    ["an inherited name is not a question", JSON.parse('{"__proto__": 1}')],
    ["a list is not a document of answers", []],
    ["a sentence is not a document of answers", "bound=io"],
  ])("%s", (_title, document) => {
    expect(checkAnswers(document).ok).toBe(false);
  });

  test("all problems are told at once", () => {
    expect(issuesOf({ bound: "x", lang: ["go"], weeks: "2" }).map(([, path]) => path)).toEqual([
      "bound",
      "lang",
      "weeks",
    ]);
  });

  test.each(QUESTIONS.map((question) => question.id))("%s may be unknown", (id) => {
    expect(checkAnswers({ [id]: "unknown" })).toEqual({ ok: true, answers: { [id]: "unknown" } });
  });

  test("a key of ten thousand letters gives a short error", () => {
    const [issue] = issuesOf({ ["x".repeat(10_000)]: 1 });
    expect(JSON.stringify(issue).length).toBeLessThan(300);
  });
});

describe("the catalogue", () => {
  test.each(QUESTIONS)("$id reads as the schema says", (question) => {
    expect(Question.parse(question)).toEqual(question);
    expect(question.options.length > 0).toBe(question.type === "enum" || question.type === "set");
  });

  test("no question stands twice", () => {
    expect(new Set(QUESTIONS.map((question) => question.id)).size).toBe(QUESTIONS.length);
  });

  test.each(PRESETS)("the preset $title has legal answers and its own kind", (preset) => {
    expect(Preset.parse(preset)).toEqual(preset);
    expect(checkAnswers(preset.answers)).toMatchObject({ ok: true });
    expect(preset.answers.project ?? null).toBe(preset.kind);
  });

  test("every preset that a project may name exists, in the same order", () => {
    expect(PRESETS.map((preset) => preset.id)).toEqual(PresetId.options);
  });
});
