import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listContractFiles } from "#server/contracts/contracts.ts";

/** Writes the JSON Schemas into every pilot template below the repository root; gives back their paths from there. */
export async function writeContracts(root: string = process.cwd()): Promise<string[]> {
  const files = listContractFiles();
  for (const file of files) {
    const path = join(root, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.text, "utf8");
  }
  return files.map((file) => file.path);
}
