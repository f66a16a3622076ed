import { collectAnswers } from "#server/brief/collect-answers.ts";
import { describeAnswer } from "#server/brief/describe-answer.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import type { RecordBody } from "#server/decision/record-schema.ts";
import type { Decision, RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import type { Session } from "#server/identity/schema.ts";
import type { Context } from "./context.ts";
import { keepDecision } from "./keep-decision.ts";

/** Today's decision, whole, as a record would keep it. */
export async function takeStock(ctx: Context & { session: Session }, projectId: string): Promise<RecordBody> {
  const { workspaceId, displayName } = ctx.session;
  const project = await readProject(ctx.db, workspaceId, projectId);
  const [ruleSet, answers, overrides] = await Promise.all([
    readRuleSet(ctx.db, workspaceId),
    readAnswers(ctx.db, workspaceId, projectId),
    readOverrides(ctx.db, workspaceId, projectId),
  ]);
  const given = collectAnswers(answers);
  const decision = keepDecision(workspaceId, ruleSet, given);
  return {
    schemaVersion: 1,
    project: project.name,
    decidedBy: displayName,
    answers: given,
    words: sayRead(decision, given),
    decision,
    overrides: [...overrides.values()],
    ...nameOptions(ruleSet),
  };
}

function nameOptions({ layers, sources }: RuleSet): Pick<RecordBody, "layers" | "sources"> {
  return {
    layers: layers.map(({ id, question, options }) => ({
      ...{ id, question },
      options: options.map((option) => ({ id: option.id, label: option.label })),
    })),
    sources,
  };
}

function sayRead({ layers }: Decision, given: Answers): RecordBody["words"] {
  const read = layers.flatMap((layer) => layer.fired.flatMap((rule) => Object.entries(rule.answers)));
  const values = new Map([...Object.entries(given), ...read]);
  return Object.fromEntries(
    QUESTIONS.filter(({ id }) => values.has(id)).map((question) => [
      question.id,
      { name: question.name, said: describeAnswer(question, values.get(question.id) ?? UNKNOWN) },
    ]),
  );
}
