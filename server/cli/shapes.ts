import * as z from "zod";
import { StoredComparison } from "#server/benchmark/comparison-schema.ts";
import { StoredJudgement } from "#server/benchmark/judgement-schema.ts";
import { RunId } from "#server/benchmark/report-schema.ts";
import { Judgement, Outcome, Report, RunSummary, Samples, Verdict } from "#server/benchmark/schema.ts";
import { SweepFile } from "#server/benchmark/sweep-schema.ts";
import { Answers } from "#server/brief/schema.ts";
import { Decision } from "#server/decision/schema.ts";
import { ProjectFile } from "#server/plan/project-file-schema.ts";
import { PilotSchedule } from "#server/plan/schema.ts";
import { TemplateName, TemplateVersion } from "#server/scaffold/pilot-schema.ts";
import { Target } from "#server/scaffold/schema.ts";
import { MatrixDiff } from "#server/team/import-schema.ts";
import { TeamReport } from "#server/team/schema.ts";

const HandedOut = z.strictObject({
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  template: TemplateName,
  version: TemplateVersion,
});

const JudgedReport = z.strictObject({
  runId: RunId,
  outcome: Outcome,
  reason: z.string(),
  verdicts: z.array(Verdict),
});

const WrittenRecord = z.strictObject({ name: z.string(), markdown: z.string() });

/** What each command reads and answers: a promise to scripts. Written to docs/terminal by `contracts`. */
export const SHAPES = [
  { file: "decide.input.schema.json", title: "answers.json: question id -> value", schema: Answers },
  { file: "decide.output.schema.json", title: "answer of decide", schema: Decision },
  { file: "record.output.schema.json", title: "answer of record: a MADR document", schema: WrittenRecord },
  {
    file: "project.schema.json",
    title: "project.json: input of team and plan, answer of project export",
    schema: ProjectFile,
  },
  { file: "team.output.schema.json", title: "answer of team", schema: TeamReport },
  { file: "team.import.schema.json", title: "answer of team import", schema: MatrixDiff },
  { file: "plan.output.schema.json", title: "answer of plan", schema: PilotSchedule },
  { file: "hand-out.output.schema.json", title: "answer of hand-out", schema: HandedOut },
  { file: "bench.output.schema.json", title: "answer of bench: report.json, version 1", schema: Report },
  { file: "bench.sweep.schema.json", title: "answer of bench --preset sweep: sweep.json", schema: SweepFile },
  { file: "runs.list.schema.json", title: "answer of runs list", schema: z.array(RunSummary) },
  { file: "runs.compare.schema.json", title: "answer of runs compare", schema: StoredComparison },
  { file: "runs.note.schema.json", title: "answer of runs note", schema: RunSummary },
  { file: "runs.judge.schema.json", title: "answer of runs judge", schema: StoredJudgement },
  { file: "verdict.targets.schema.json", title: "--targets of verdict", schema: z.array(Target) },
  { file: "verdict.output.schema.json", title: "answer of verdict", schema: JudgedReport },
  { file: "judge.input.schema.json", title: "samples.json", schema: Samples },
  { file: "judge.output.schema.json", title: "answer of judge", schema: Judgement },
] as const;

export function listShapeFiles(): { path: string; text: string }[] {
  return SHAPES.map(({ file, title, schema }) => {
    const { $schema, ...body } = z.toJSONSchema(schema, { io: "input" });
    return {
      path: `docs/terminal/${file}`,
      text: `${JSON.stringify({ $schema, title, ...body }, null, 2)}\n`,
    };
  });
}
