import {
  type Found,
  MEASURED_ANSWERS,
  type MeasuredAnswer,
} from "#server/benchmark/measured-answers.data.ts";
import { openReport } from "#server/benchmark/open-report.ts";
import type { Report, RunSummary } from "#server/benchmark/schema.ts";
import type { Answers, AnswerValue, QuestionId } from "#server/brief/schema.ts";

export type MeasuredValue = {
  questionId: QuestionId;
  value: AnswerValue;
  /** Fills an answer that is missing, and replaces none. */
  fillsOnly: boolean;
  because: string;
};

export type AnswerOffer = Omit<MeasuredValue, "fillsOnly"> & {
  /** What stands in the brief now; null = unknown. */
  current: AnswerValue | null;
};

/** What a report would answer in the brief, where the brief says something else or nothing. A person accepts it. */
export function offerAnswers(report: Report, answers: Answers): AnswerOffer[] {
  return offerMeasured(measureAnswers(report), answers);
}

/** Every question that a report answers, whatever the brief says. */
export function measureAnswers(report: Report): MeasuredValue[] {
  if (report.outcome.status === "failed") return [];
  const { measure } = openReport(report);
  return MEASURED_ANSWERS.flatMap((entry) => {
    const found = measure(entry.field);
    if (found === null) return [];
    const { questionId, fillsOnly = false } = entry;
    return [{ questionId, value: phrase(entry, found.value), fillsOnly, because: found.because }];
  });
}

export function offerMeasured(measured: MeasuredValue[], answers: Answers): AnswerOffer[] {
  return measured.flatMap(({ questionId, value, fillsOnly, because }) => {
    const given = answers[questionId];
    const current = given === undefined || given === "unknown" ? null : given;
    if (current === value || (fillsOnly && current !== null)) return [];
    return [{ questionId, value, current, because }];
  });
}

function phrase({ words, scale }: MeasuredAnswer, value: Found["value"]): AnswerValue {
  if (typeof value !== "number") return value;
  if (words) return value >= words.from ? words.atLeast : words.below;
  const { multiplyBy, digits } = scale ?? { multiplyBy: 1, digits: 3 };
  return Number((value * multiplyBy).toFixed(digits));
}

/** Of a stored run. A point of a sweep explores: what it measured was looked for, so it is no answer. */
export function offerOfRun(
  { sweepId }: Pick<RunSummary, "sweepId">,
  report: Report,
  given: Answers,
): AnswerOffer[] {
  return sweepId === null ? offerAnswers(report, given) : [];
}
