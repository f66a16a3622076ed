import { expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { writeCatalogueCsv } from "#server/team/export-catalogue-csv.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

onBothDatabases("a catalogue of the workspace", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const api = callAs(db, owner, () => new Date("2026-11-21T12:00:00Z"));
    const name = `Desk ${newId("prj")}`;
    const { id: projectId } = await api.brief.createProject({ name, presetId: "rag_support" });
    return { api, projectId, name };
  };

  test("a table says first which requirements and which gaps of projects change", async () => {
    const { api, projectId, name } = await setUp();
    const text = writeCatalogueCsv(SKILL_CATALOGUE).replace(
      "Async and concurrent Python,Service",
      "Waiting well,Service",
    );
    const renamed = await api.catalogue.check({ format: "csv", text });
    expect(renamed).toMatchObject({ version: "1.1.0", differing: 2, requirements: [], gaps: [] });

    const overlays = SKILL_CATALOGUE.overlays.map((one) =>
      one.id === "rag"
        ? { ...one, rows: one.rows.map((row) => (row.skillId === "S24" ? { ...row, level: 4 } : row)) }
        : one,
    );
    const roles = SKILL_CATALOGUE.roles.map((role) =>
      role.id === "DE" ? { ...role, requirements: role.requirements.slice(1) } : role,
    );
    const document = { ...SKILL_CATALOGUE, version: "1.2.0", overlays, roles };
    const found = await api.catalogue.check({ format: "json", text: JSON.stringify(document) });
    expect(found.requirements).toEqual([
      { roleId: "DE", skillId: "S01", before: { level: 2, importance: "should" }, after: null },
    ]);
    expect(found.gaps).toContainEqual({
      projectId,
      project: name,
      skillId: "S24",
      before: { required: 2, importance: "must", gap: 2, severity: "blocker" },
      after: { required: 4, importance: "must", gap: 4, severity: "blocker" },
    });
    expect((await api.catalogue.read()).versions).toEqual([]);
  });

  test("what is published stands in the change log, and the wrong cell of a table is named", async () => {
    const { api } = await setUp();
    const text = JSON.stringify({ ...SKILL_CATALOGUE, version: "1.3.0" });
    await api.catalogue.publish({ format: "json", text });
    const { versions, catalogue } = await api.catalogue.read();
    expect([versions[0]?.version, versions[0]?.by, catalogue.version]).toEqual([
      "1.3.0",
      "Local owner",
      "1.3.0",
    ]);
    const again = api.catalogue.publish({ format: "json", text });
    await expect(again).rejects.toMatchObject({ cause: { code: "VERSION_TAKEN" } });
    const lower = JSON.stringify({ ...SKILL_CATALOGUE, version: "1.0.9" });
    await expect(api.catalogue.publish({ format: "json", text: lower })).rejects.toMatchObject({
      cause: { code: "VERSION_NOT_HIGHER" },
    });
    const wrong = api.catalogue.check({ format: "csv", text: "Skill ID,MLE\nS01,9\n" });
    await expect(wrong).rejects.toThrow(/Row 2, column B: “9” is no level/);
  });
});
