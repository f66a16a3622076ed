import writeXlsxFile from "write-excel-file/node";
import { compareMatrix, type Present } from "#server/team/compare-matrix.ts";
import { interpretMatrix } from "#server/team/interpret-matrix.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { readMatrixFile } from "#server/team/read-matrix-file.ts";
import { requireSkills } from "#server/team/require-skills.ts";
import type { Person, SkillCatalogue } from "#server/team/schema.ts";

export const asOf = "2026-11-21";
const rate = (skillId: string, level: number, source: "self" | "peer" | "evidence", at = "2026-11-01") => ({
  skillId,
  level,
  source,
  at,
});
export const people: Person[] = [
  { id: "a", alias: "Person A", roleId: "MLE", availabilityPct: 100, ratings: [rate("S05", 3, "peer")] },
  {
    id: "b",
    alias: "=cmd|' /C calc'!A0",
    roleId: null,
    availabilityPct: 50,
    ratings: [rate("S03", 3, "self")],
  },
  {
    id: "c",
    alias: 'Zoë, "Zo"',
    roleId: "OPS",
    availabilityPct: 100,
    ratings: [rate("S13", 4, "evidence", "2026-01-01")],
  },
];
export const demand = { kind: "rag" as const, onDevice: false, policies: [], layers: [] };

export function present(catalogue: SkillCatalogue = SKILL_CATALOGUE): Present {
  const { needs, roles } = requireSkills(demand, catalogue);
  return { roles, needs, people, asOf };
}

export async function read(bytes: Uint8Array, catalogue = SKILL_CATALOGUE) {
  const file = await readMatrixFile(bytes);
  if (!file.ok) return file;
  const { roles } = present(catalogue);
  return interpretMatrix(file.tables, { catalogue, roles, people });
}

export async function changesOf(bytes: Uint8Array) {
  const said = await read(bytes);
  if (!said.ok) return said.problems.map(({ message }) => message);
  return compareMatrix(said.content, present(), "peer");
}

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const sheetOf = (name: string, rows: (string | number | null)[][]) =>
  writeXlsxFile([
    {
      sheet: name,
      data: rows.map((row) =>
        row.map((value) =>
          value === null
            ? null
            : typeof value === "number"
              ? { value, type: Number }
              : { value, type: String },
        ),
      ),
    },
  ])
    .toBuffer()
    .then((buffer) => new Uint8Array(buffer));
