import { expect, it } from "vitest";
import { type MatrixBook, writeMatrixXlsx } from "./matrix-xlsx.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { requireSkills } from "./require-skills.ts";
import { writeLargeMatrixXlsx } from "./write-large-matrix-xlsx.ts";

const { roles } = requireSkills({ kind: "rag", onDevice: false, layers: [], policies: [] }, SKILL_CATALOGUE);

function bookOf(people: number): MatrixBook {
  return {
    catalogue: SKILL_CATALOGUE,
    projectName: "Desk",
    asOf: "2026-12-01",
    roles,
    gaps: [],
    people: Array.from({ length: people }, (_, at) => ({
      id: `p${at}`,
      alias: `Person ${at}`,
      roleId: null,
      availabilityPct: 100,
      ratings: SKILL_CATALOGUE.skills.map(({ id }) => ({
        skillId: id,
        level: at % 5,
        source: "peer",
        at: "2026-11-01",
      })),
    })),
  };
}

it("a large workbook is written beside this thread, with the same bytes", { timeout: 60_000 }, async () => {
  const book = bookOf(200);
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  const bytes = await writeLargeMatrixXlsx(book);
  clearInterval(timer);
  // This thread went on meanwhile.
  expect(turns).toBeGreaterThan(10);
  expect(Buffer.compare(Buffer.from(bytes), Buffer.from(await writeMatrixXlsx(book)))).toBe(0);
});

it("a small one is written here", async () => {
  const book = bookOf(3);
  expect(
    Buffer.compare(Buffer.from(await writeLargeMatrixXlsx(book)), Buffer.from(await writeMatrixXlsx(book))),
  ).toBe(0);
});
