import { collectAnswers } from "#server/brief/collect-answers.ts";
import { describeAnswer } from "#server/brief/describe-answer.ts";
import type { Zone } from "#server/brief/entry-schema.ts";
import { listEntryPoints } from "#server/brief/entry-store.ts";
import { judgeEntry } from "#server/brief/judge-entry.ts";
import { QUESTIONS } from "#server/brief/questions.data.ts";
import type { Answer, Project } from "#server/brief/schema.ts";
import { readAnswers, readProject } from "#server/brief/store.ts";
import type { Db } from "#server/db.ts";
import { labelOption } from "#server/decision/describe-flip.ts";
import { readOverrides } from "#server/decision/override-store.ts";
import type { LayerResult, RuleSet } from "#server/decision/schema.ts";
import { readRuleSet } from "#server/decision/store.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { keepDecision } from "./keep-decision.ts";

export type ComparedSide = { words: string | null; source: Answer["source"] | null };
export type ComparedLayer = {
  status: LayerResult["status"];
  words: string[];
  /** A person chose it against the rules. */
  byPerson: boolean;
};
export type Compared = {
  a: Project;
  b: Project;
  entry: { a: ComparedEntry; b: ComparedEntry };
  answers: { id: string; name: string; differs: boolean; a: ComparedSide; b: ComparedSide }[];
  layers: { id: string; name: string; differs: boolean; a: ComparedLayer; b: ComparedLayer }[];
};
export type ComparedEntry = { title: string; scope: string; zones: Zone[] } | null;

/** Two projects by the same rules, question by question and layer by layer; what differs comes first. */
export async function compareProjects(
  db: Db,
  workspaceId: WorkspaceId,
  ids: { a: string; b: string },
): Promise<Compared> {
  const ruleSet = await readRuleSet(db, workspaceId);
  const [a, b] = await Promise.all([
    readSide(db, workspaceId, ruleSet, ids.a),
    readSide(db, workspaceId, ruleSet, ids.b),
  ]);
  const answers = QUESTIONS.map((question) => {
    const [left, right] = [a, b].map(({ answers }) => {
      const found = answers.find(({ questionId }) => questionId === question.id);
      return {
        words: found ? describeAnswer(question, found.value) : null,
        source: found?.source ?? null,
      };
    }) as [ComparedSide, ComparedSide];
    return { id: question.id, name: question.name, differs: left.words !== right.words, a: left, b: right };
  });
  const layers = ruleSet.layers.map(({ id, name }) => {
    const [left, right] = [a.layer(id), b.layer(id)];
    const same = left.status === right.status && left.words.join() === right.words.join();
    return { id, name, differs: !same, a: left, b: right };
  });
  return {
    a: a.project,
    b: b.project,
    entry: { a: a.entry, b: b.entry },
    answers: differencesFirst(answers),
    layers: differencesFirst(layers),
  };
}

async function readSide(db: Db, workspaceId: WorkspaceId, ruleSet: RuleSet, projectId: string) {
  const project = await readProject(db, workspaceId, projectId);
  const [answers, overrides, entries] = await Promise.all([
    readAnswers(db, workspaceId, projectId),
    readOverrides(db, workspaceId, projectId),
    listEntryPoints(db, workspaceId, projectId),
  ]);
  const { layers } = keepDecision(workspaceId, ruleSet, collectAnswers(answers));
  const chosen = entries.find((entry) => entry.chosen);
  return {
    project,
    answers,
    entry: chosen ? { title: chosen.title, scope: chosen.scope, zones: judgeEntry(chosen).zones } : null,
    layer(id: string): ComparedLayer {
      const result = layers.find(({ layer }) => layer === id);
      const override = overrides.get(id)?.option;
      const options = override ? [override] : result?.pick ? [result.pick] : (result?.tied ?? []);
      return {
        status: result?.status ?? "not_applicable",
        words: options.map((option) => labelOption(ruleSet, id, option)).sort(),
        byPerson: Boolean(override),
      };
    },
  };
}

const differencesFirst = <Row extends { differs: boolean }>(rows: Row[]): Row[] => [
  ...rows.filter((row) => row.differs),
  ...rows.filter((row) => !row.differs),
];
