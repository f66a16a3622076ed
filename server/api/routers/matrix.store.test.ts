import { expect, test } from "vitest";
import { compareImport, saveImport } from "#server/api/import-matrix-store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { exportPerson } from "#server/team/person-file-store.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

const now = () => new Date(2026, 10, 21, 12);

onBothDatabases("edits of the matrix", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const api = callAs(db, owner, now);
    const { id: projectId } = await api.brief.createProject({
      name: `Desk ${newId("prj")}`,
      presetId: "rag_support",
    });
    const add = (alias: string) =>
      api.team.addPerson({ projectId, alias, roleId: "MLE", availabilityPct: 100 });
    const people = [await add("Person A"), await add("Person B")];
    return { db, owner, api, projectId, ids: people.map(({ id }) => id) as [string, string] };
  };
  const peer = (personId: string, skillId: string, level: number | null, seen: number | null = null) => ({
    personId,
    skillId,
    level,
    seen,
    source: "peer" as const,
  });

  test("a block of levels is saved at once and answered with the gaps that follow", async () => {
    const { api, projectId, ids } = await setUp();
    const after = await api.matrix.rate({
      projectId,
      ratings: [peer(ids[0], "S05", 3), peer(ids[1], "S05", 3), peer(ids[1], "S04", 2)],
    });
    expect(after.gaps.find(({ skillId }) => skillId === "S05")).toMatchObject({ gap: 0, busFactor: 2 });
    expect(after.held).toMatchObject({ S05: 3, S04: 2, S01: null });
  });

  test("of a block in which one cell was changed by somebody else nothing is saved", async () => {
    const { api, projectId, ids } = await setUp();
    await api.matrix.rate({ projectId, ratings: [peer(ids[0], "S05", 3)] });
    const stale = api.matrix.rate({ projectId, ratings: [peer(ids[1], "S01", 4), peer(ids[0], "S05", 1)] });
    await expect(stale).rejects.toMatchObject({
      cause: {
        code: "VERSION_CONFLICT",
        detail: { data: [{ personId: ids[0], skillId: "S05", theirs: 3 }] },
      },
    });
    const { held } = await api.team.read({ projectId });
    expect([held.S05, held.S01]).toEqual([3, null]);
  });

  test("undo brings a rating back with its day; a day to come is not believed", async () => {
    const { api, projectId, ids } = await setUp();
    const rate = (at: string, level: number, seen: number | null) =>
      api.matrix.rate({ projectId, ratings: [{ ...peer(ids[0], "S05", level, seen), at }] });
    const old = await rate("2026-01-05", 3, null);
    expect(old.people[0]?.ratings).toEqual([{ skillId: "S05", source: "peer", level: 3, at: "2026-01-05" }]);
    expect((await rate("2027-01-01", 2, 3)).people[0]?.ratings[0]?.at).toBe("2026-11-21");
  });

  test("a requirement set by hand wins, says why, and can be taken back", async () => {
    const { api, projectId } = await setUp();
    const cell = { roleId: null, skillId: "S18" };
    const value = { level: 3, importance: "must" as const };
    const reason = "The gateway is ours.";
    const set = await api.matrix.require({
      projectId,
      reason,
      requirements: [{ ...cell, value, seen: null }],
    });
    expect(set.gaps.find(({ skillId }) => skillId === "S18")).toMatchObject({ required: 3 });
    expect(set.byHand).toMatchObject([{ ...cell, ...value, reason }]);
    const back = await api.matrix.require({
      projectId,
      reason: "not any more",
      requirements: [{ ...cell, value: null, seen: value }],
    });
    expect([back.byHand, back.gaps.some(({ skillId }) => skillId === "S18")]).toEqual([[], false]);
    const stale = api.matrix.require({ projectId, reason, requirements: [{ ...cell, value, seen: value }] });
    await expect(stale).rejects.toMatchObject({ cause: { code: "VERSION_CONFLICT" } });
    const silent = api.matrix.require({
      projectId,
      reason: " ",
      requirements: [{ ...cell, value, seen: null }],
    });
    await expect(silent).rejects.toThrow(/3 to 300/);
  });

  const csv = (text: string) => new TextEncoder().encode(text);

  test("a file is compared first, and saved only as it was shown", async () => {
    const { db, owner, api, projectId } = await setUp();
    const file = {
      projectId,
      source: "manager" as const,
      bytes: csv("Skill ID,MLE,Person A\nS18,2 should,3\n"),
    };
    const diff = await compareImport(db, owner, file, now());
    expect(diff.changes.map(({ kind }) => kind)).toEqual(["requirement", "rating"]);
    expect((await api.team.read({ projectId })).byHand).toEqual([]);
    const given = { digest: diff.digest, reason: "Agreed in the meeting." };
    const other = { ...file, ...given, bytes: csv("Skill ID,MLE,Person A\nS18,2 should,4\n") };
    await expect(saveImport(db, owner, other, now())).rejects.toMatchObject({ code: "IMPORT_MOVED" });
    await saveImport(db, owner, { ...file, ...given }, now());
    const { people, byHand } = await api.team.read({ projectId });
    expect(byHand).toMatchObject([{ roleId: "MLE", skillId: "S18", level: 2, reason: given.reason }]);
    expect(people[0]?.ratings).toMatchObject([{ skillId: "S18", level: 3, source: "manager" }]);
    expect((await compareImport(db, owner, file, now())).changes).toEqual([]);
  });

  test("a file with one wrong cell saves nothing, and another workspace has no such project", async () => {
    const { db, owner, api, projectId } = await setUp();
    const file = {
      projectId,
      source: "peer" as const,
      bytes: csv("Skill ID,MLE,Person A\nS18,2,3\nS01,2,7\n"),
    };
    await expect(compareImport(db, owner, file, now())).rejects.toMatchObject({
      code: "LEVEL_RANGE",
      detail: { path: "Row 3, column C" },
    });
    expect((await api.team.read({ projectId })).byHand).toEqual([]);
    const stranger = { ...owner, workspaceId: WorkspaceId.parse(newId("wsp")) };
    const good = { ...file, bytes: csv("Skill ID,MLE\nS18,2\n") };
    await expect(compareImport(db, stranger, good, now())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a person gets everything that is kept about them, and not who wrote it", async () => {
    const { db, owner, api, projectId, ids } = await setUp();
    await api.matrix.rate({ projectId, ratings: [{ ...peer(ids[0], "S05", 3), evidence: "the load test" }] });
    const file = await exportPerson(db, owner.workspaceId, { projectId, personId: ids[0] }, now());
    expect(file.person.ratings).toMatchObject([{ skillId: "S05", level: 3, evidence: "the load test" }]);
    expect(file.history.map(({ action }) => action)).toEqual(["create", "update"]);
    expect(JSON.stringify(file)).not.toContain(owner.memberId);
    expect(JSON.stringify(file)).not.toContain("Person B");
  });
});
