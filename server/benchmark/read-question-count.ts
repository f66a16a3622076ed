import { gunzipSync } from "node:zlib";
import { join, readFile } from "#server/untraced-files.ts";

/** How many golden questions a retrieval set in the BEIR layout has: one a line that is not empty. */
export async function readQuestionCount(folder: string): Promise<number> {
  const bytes = await readFile(join(folder, "queries.jsonl.gz"));
  const lines = gunzipSync(bytes).toString("utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").length;
}
