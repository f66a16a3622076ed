import { access, join } from "#server/untraced-files.ts";
import { DataSet } from "./job-schema.ts";

/** What makes a folder a retrieval set in the BEIR layout. */
const files = ["corpus.jsonl.gz", "queries.jsonl.gz", "qrels.tsv.gz"];

/** The sets this machine has, `bundled` first. Names only: a path never comes from the web. */
export async function listDataSets(evalDataDir: string | null): Promise<DataSet[]> {
  const there = await Promise.all(
    DataSet.options.map(async (name) => (await findDataSet(evalDataDir, name)) !== "missing"),
  );
  return DataSet.options.filter((_, index) => there[index]);
}

/** @returns the folder; null for the pilot's own data; `missing` when this machine does not have the set */
export async function findDataSet(
  evalDataDir: string | null,
  name: DataSet,
): Promise<string | null | "missing"> {
  if (name === "bundled") return null;
  if (evalDataDir === null) return "missing";
  const folder = join(evalDataDir, name);
  const found = await Promise.all(
    files.map((file) =>
      access(join(folder, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean) ? folder : "missing";
}
