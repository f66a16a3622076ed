import { findNearestWord } from "./find-nearest-word.ts";
import { findQuestion } from "./find-question.ts";
import { QUESTIONS } from "./questions.data.ts";
import { type AnswerIssue, type Answers, type AnswerValue, type Question, UNKNOWN } from "./schema.ts";

export type CheckedAnswers = { ok: true; answers: Answers } | { ok: false; issues: AnswerIssue[] };

/** Holds a document of answers against the catalogue and collects everything that is wrong with it. */
export function checkAnswers(document: unknown): CheckedAnswers {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const message = "Answers are an object of question ids and values.";
    const hint = 'For example {"bound": "io", "latency_ms": 2000}.';
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
    message: `${question.id}: ${wrong} Allowed: ${allowed}, or "unknown".`,
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
      return `a list of ${words}`;
    case "bool":
      return "true, false";
    case "number": {
      const kind = question.integer ? "a whole number" : "a number";
      const range =
        question.max === null ? `from ${question.min ?? 0}` : `from ${question.min ?? 0} to ${question.max}`;
      return `${kind} ${range}${question.unit ? ` (${question.unit})` : ""}`;
    }
  }
}

function findWrong(question: Question, value: unknown): string | null {
  const legal = new Set(question.options.map((option) => option.value));
  switch (question.type) {
    case "bool":
      return typeof value === "boolean" ? null : `${show(value)} is neither true nor false.`;
    case "enum":
      return typeof value === "string" && legal.has(value) ? null : `${show(value)} is not an option.`;
    case "number":
      return findWrongNumber(question, value);
    case "set": {
      if (!Array.isArray(value)) return `${show(value)} is not a list.`;
      const stranger = value.find((word) => typeof word !== "string" || !legal.has(word));
      if (stranger !== undefined) return `${show(stranger)} is not an option.`;
      return new Set(value).size === value.length ? null : "The list names something twice.";
    }
  }
}

function findWrongNumber(question: Question, value: unknown): string | null {
  if (typeof value !== "number" || !Number.isFinite(value)) return `${show(value)} is not a number.`;
  if (question.integer && !Number.isInteger(value)) return `${value} is not a whole number.`;
  if (question.min !== null && value < question.min) return `${value} is too small.`;
  if (question.max !== null && value > question.max) return `${value} is too large.`;
  return null;
}

function suggestOption(question: Question, value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (question.type === "number" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return `Write the number without quotes: ${Number(value)}.`;
  }
  const nearest = findNearestWord(
    value,
    question.options.map((option) => option.value),
  );
  return nearest ? `Did you mean "${nearest}"?` : null;
}

function describeUnknownQuestion(id: string): AnswerIssue {
  const nearest = findNearestWord(
    id,
    QUESTIONS.map((question) => question.id),
  );
  return {
    code: "UNKNOWN_QUESTION",
    path: id.slice(0, 60),
    message: `There is no question ${show(id)}.`,
    hint: nearest ? `Did you mean "${nearest}"?` : "The questions are listed in the reference.",
  };
}

/** A value as it was written, cut so that an error stays one line. JSON escapes control characters. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
