import * as z from "zod";
import { Report } from "#server/benchmark/schema.ts";
import { RagPilotConfig } from "#server/scaffold/schema.ts";

/**
 * What crosses the fence between the app and a pilot. A pilot imports nothing of ours and we import nothing of
 * theirs; these files and the examples beside them are all that both sides know of each other.
 */
export const CONTRACTS = [
  { file: "pilot.schema.json", title: "pilot.json of the RAG pilot", schema: RagPilotConfig },
  { file: "report.schema.json", title: "report.json, version 1", schema: Report },
] as const;

/** Where each template keeps its side of the contract, from the repository root. */
export const CONTRACT_FOLDERS = ["pilot-templates/rag/contract"] as const;

export type ContractFile = { path: string; text: string };

/** Every contract file as it has to stand on disk. `io: "input"`: what a writer may leave out stays optional. */
export function listContractFiles(): ContractFile[] {
  return CONTRACT_FOLDERS.flatMap((folder) =>
    CONTRACTS.map(({ file, title, schema }) => {
      const { $schema, ...body } = z.toJSONSchema(schema, { io: "input" });
      return { path: `${folder}/${file}`, text: `${JSON.stringify({ $schema, title, ...body }, null, 2)}\n` };
    }),
  );
}
