import * as z from "zod";
import { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { RagReport } from "#server/benchmark/rag-schema.ts";
import type { TemplateName } from "#server/scaffold/pilot-schema.ts";
import { PILOT_CONFIGS } from "#server/scaffold/schema.ts";

export type Contract = {
  /** Where the template keeps its side, from the repository root. */
  folder: string;
  schemas: { subject: "pilot" | "report"; title: string; schema: z.ZodType }[];
};

/**
 * What crosses the fence between the app and a pilot. A pilot imports nothing of ours and we import nothing of
 * theirs; these files and the examples beside them are all that both sides know of each other.
 */
export const CONTRACTS: readonly Contract[] = [
  define("rag", "pilot.json of the RAG pilot", RagReport),
  define("clinic", "pilot.json of the performance clinic", ClinicReport),
  define("mlops", "pilot.json of the MLOps pilot", MlopsReport),
];

function define(template: TemplateName, title: string, report: z.ZodType): Contract {
  return {
    folder: `pilot-templates/${template}/contract`,
    schemas: [
      { subject: "pilot", title, schema: PILOT_CONFIGS[template] },
      { subject: "report", title: "report.json, version 1", schema: report },
    ],
  };
}

export type ContractFile = { path: string; text: string };

/** Every contract file as it has to stand on disk. `io: "input"`: what a writer may leave out stays optional. */
export function listContractFiles(): ContractFile[] {
  return CONTRACTS.flatMap(({ folder, schemas }) =>
    schemas.map(({ subject, title, schema }) => {
      const { $schema, ...body } = z.toJSONSchema(schema, { io: "input" });
      const text = `${JSON.stringify({ $schema, title, ...body }, null, 2)}\n`;
      return { path: `${folder}/${subject}.schema.json`, text };
    }),
  );
}
