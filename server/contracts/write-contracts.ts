import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ContractFile } from "#server/contracts/contracts.ts";

/** Writes JSON Schemas below the repository root; gives back their paths from there. */
export async function writeContracts(files: ContractFile[], root: string = process.cwd()): Promise<string[]> {
  for (const file of files) {
    const path = join(root, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.text, "utf8");
  }
  return files.map((file) => file.path);
}
