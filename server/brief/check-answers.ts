import { sayRoom } from "#server/messages/say.ts";
import { findNearestWord } from "./find-nearest-word.ts";
import { findQuestion } from "./find-question.ts";
import { QUESTIONS } from "./questions.data.ts";
import { type AnswerIssue, type Answers, type AnswerValue, type Question, UNKNOWN } from "./schema.ts";

const say = sayRoom("errors");

export type CheckedAnswers = { ok: true; answers: Answers } | { ok: false; issues: AnswerIssue[] };

/** Holds a document of answers against the catalogue and collects everything that is wrong with it. */
export function checkAnswers(document: unknown): CheckedAnswers {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const message = say("ANSWERS_NOT_AN_OBJECT.said");
    const hint = say("ANSWERS_NOT_AN_OBJECT.hint");
    return { ok: false, issues: [{ code: "ANSWERS_NOT_AN_OBJECT", path: "", message, hint }] };
  }
  const issues: AnswerIssue[] = [];
  const answers: Answers = {};
  for (const [id, value] of Object.entries(document)) {
    const question = findQuestion(id);
    const issue = question ? checkAnswer(question, value) : describeUnknownQuestion(id);
    if (issue) issues.push(issue);
    else answers[id] = value as AnswerValue;
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, answers };
}

/** Null when the value is a legal answer to the question. `"unknown"` always is. */
export function checkAnswer(question: Question, value: unknown): AnswerIssue | null {
  if (value === UNKNOWN) return null;
  const wrong = findWrong(question, value);
  if (!wrong) return null;
  const allowed = describeAllowed(question);
  return {
    code: "ANSWER_INVALID",
    path: question.id,
    message: say("ANSWER_INVALID.said", { question: question.id, wrong, allowed }),
    hint: suggestOption(question, value),
  };
}

/** What is legal, in words: the options, or the range with its unit. */
export function describeAllowed(question: Question): string {
  const words = question.options.map((option) => option.value).join(", ");
  switch (question.type) {
    case "enum":
      return words;
    case "set":
      return say("ANSWER_INVALID.allowedSet", { words });
    case "bool":
      return say("ANSWER_INVALID.allowedBool");
    case "number": {
      const min = String(question.min ?? 0);
      const range =
        question.max === null
          ? say("ANSWER_INVALID.from", { min })
          : say("ANSWER_INVALID.between", { min, max: String(question.max) });
      const allowed = say(question.integer ? "ANSWER_INVALID.allowedWhole" : "ANSWER_INVALID.allowedNumber", {
        range,
      });
      return question.unit ? say("ANSWER_INVALID.unit", { allowed, unit: question.unit }) : allowed;
    }
  }
}

function findWrong(question: Question, value: unknown): string | null {
  const legal = new Set(question.options.map((option) => option.value));
  switch (question.type) {
    case "bool":
      return typeof value === "boolean" ? null : say("ANSWER_INVALID.notBool", { value: show(value) });
    case "enum":
      return typeof value === "string" && legal.has(value)
        ? null
        : say("ANSWER_INVALID.notOption", { value: show(value) });
    case "number":
      return findWrongNumber(question, value);
    case "set": {
      if (!Array.isArray(value)) return say("ANSWER_INVALID.notList", { value: show(value) });
      const stranger = value.find((word) => typeof word !== "string" || !legal.has(word));
      if (stranger !== undefined) return say("ANSWER_INVALID.notOption", { value: show(stranger) });
      return new Set(value).size === value.length ? null : say("ANSWER_INVALID.twice");
    }
  }
}

function findWrongNumber(question: Question, value: unknown): string | null {
  if (typeof value !== "number" || !Number.isFinite(value))
    return say("ANSWER_INVALID.notNumber", { value: show(value) });
  if (question.integer && !Number.isInteger(value))
    return say("ANSWER_INVALID.notWhole", { value: String(value) });
  if (question.min !== null && value < question.min)
    return say("ANSWER_INVALID.tooSmall", { value: String(value) });
  if (question.max !== null && value > question.max)
    return say("ANSWER_INVALID.tooLarge", { value: String(value) });
  return null;
}

function suggestOption(question: Question, value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (question.type === "number" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return say("ANSWER_INVALID.unquoted", { value: String(Number(value)) });
  }
  const nearest = findNearestWord(
    value,
    question.options.map((option) => option.value),
  );
  return nearest ? say("ANSWER_INVALID.nearest", { word: nearest }) : null;
}

function describeUnknownQuestion(id: string): AnswerIssue {
  const nearest = findNearestWord(
    id,
    QUESTIONS.map((question) => question.id),
  );
  return {
    code: "UNKNOWN_QUESTION",
    path: id.slice(0, 60),
    message: say("UNKNOWN_QUESTION.said", { id: show(id) }),
    hint: nearest ? say("ANSWER_INVALID.nearest", { word: nearest }) : say("UNKNOWN_QUESTION.hint"),
  };
}

/** A value as it was written, cut so that an error stays one line. JSON escapes control characters. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
