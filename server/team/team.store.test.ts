import { expect, test } from "vitest";
import { deleteProject } from "#server/brief/lifecycle-store.ts";
import { createProject } from "#server/brief/store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import {
  addPerson,
  editPerson,
  erasePerson,
  listPeople,
  listPeopleElsewhere,
  listRemovedPeople,
  type NewRating,
  ratePerson,
  removePerson,
  restorePerson,
} from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const ML = { alias: "Person A", roleId: "MLE" as const, availabilityPct: 80 };
const rating = (over: Partial<NewRating> = {}): NewRating => ({
  skillId: "S05",
  source: "peer",
  level: 3,
  seen: null,
  at: "2026-11-20",
  ...over,
});

onBothDatabases("people of a team", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const ws = owner.workspaceId;
    const me = owner.memberId;
    const name = `Desk ${newId("prj")}`;
    const { id: projectId } = await createProject(db, ws, me, { name, presetId: "rag_support" }, at(0));
    const person = await addPerson(db, ws, me, { projectId, ...ML }, at(1));
    return { db, ws, me, projectId, person, key: { projectId, personId: person.id } };
  };

  test("a person is kept with alias, role and availability", async () => {
    const { db, ws, projectId, person } = await setUp();
    expect(await listPeople(db, ws, projectId)).toEqual([{ id: person.id, ...ML, ratings: [], version: 1 }]);
  });

  test("a rating replaces the one of the same source, and the history keeps both", async () => {
    const { db, ws, me, projectId, key } = await setUp();
    await ratePerson(db, ws, me, { ...key, rating: rating() }, at(2));
    await ratePerson(db, ws, me, { ...key, rating: rating({ source: "self", level: 4 }) }, at(3));
    const person = await ratePerson(db, ws, me, { ...key, rating: rating({ level: 2, seen: 3 }) }, at(4));
    expect(person.ratings.map((one) => [one.source, one.level])).toEqual([
      ["self", 4],
      ["peer", 2],
    ]);
    const [newest] = await readChanges(db, ws, projectId, 1);
    expect(newest).toMatchObject({ entity: "person", action: "update", memberId: me });
    expect(JSON.stringify(newest?.before)).toContain('"level":3');
    expect(JSON.stringify(newest?.after)).toContain('"level":2');
  });

  test("a rating can be taken back: not assessed again", async () => {
    const { db, ws, me, key } = await setUp();
    await ratePerson(db, ws, me, { ...key, rating: rating() }, at(2));
    const person = await ratePerson(db, ws, me, { ...key, rating: rating({ level: null, seen: 3 }) }, at(3));
    expect(person.ratings).toEqual([]);
  });

  test("a rating of something that changed meanwhile shows both levels and saves nothing", async () => {
    const { db, ws, me, projectId, key } = await setUp();
    await ratePerson(db, ws, me, { ...key, rating: rating() }, at(2));
    const late = ratePerson(db, ws, me, { ...key, rating: rating({ level: 1, seen: null }) }, at(3));
    await expect(late).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      detail: { data: { yours: 1, theirs: 3 } },
    });
    expect((await listPeople(db, ws, projectId))[0]?.ratings[0]?.level).toBe(3);
  });

  test("two who rate at the same moment both arrive, or one is told", async () => {
    const { db, ws, me, projectId, key } = await setUp();
    const skills = ["S01", "S02", "S03", "S04", "S05", "S06"];
    const results = await Promise.allSettled(
      skills.map((skillId) => ratePerson(db, ws, me, { ...key, rating: rating({ skillId }) }, at(2))),
    );
    const arrived = results.filter((result) => result.status === "fulfilled").length;
    expect(arrived).toBeGreaterThan(0);
    expect((await listPeople(db, ws, projectId))[0]?.ratings).toHaveLength(arrived);
  });

  test("a stale edit is refused with both values", async () => {
    const { db, ws, me, key } = await setUp();
    const edited = await editPerson(
      db,
      ws,
      me,
      { ...key, version: 1, facts: { ...ML, alias: "Person B" } },
      at(2),
    );
    expect(edited).toMatchObject({ alias: "Person B", version: 2 });
    const stale = editPerson(db, ws, me, { ...key, version: 1, facts: { ...ML, alias: "Person C" } }, at(3));
    await expect(stale).rejects.toMatchObject({
      kind: "conflict",
      code: "VERSION_CONFLICT",
      detail: { data: { yours: { alias: "Person C" }, theirs: { alias: "Person B" }, version: 2 } },
    });
  });

  test("somebody removed is gone, and undo brings them back with their ratings", async () => {
    const { db, ws, me, projectId, key } = await setUp();
    await ratePerson(db, ws, me, { ...key, rating: rating() }, at(2));
    await removePerson(db, ws, me, key, at(3));
    expect(await listPeople(db, ws, projectId)).toEqual([]);
    await expect(removePerson(db, ws, me, key, at(4))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await restorePerson(db, ws, me, key, at(5));
    expect((await listPeople(db, ws, projectId))[0]?.ratings).toHaveLength(1);
    const actions = (await readChanges(db, ws, projectId, 10))
      .filter((c) => c.entity === "person")
      .map((c) => c.action);
    expect(actions).toEqual(["restore", "delete", "update", "create"]);
  });

  test("somebody removed can be erased for good: no row, and nothing of them in the history", async () => {
    const { db, ws, me, projectId, key } = await setUp();
    const kept = await addPerson(db, ws, me, { projectId, ...ML, alias: "Person K" }, at(1));
    await ratePerson(db, ws, me, { ...key, rating: rating() }, at(2));
    await expect(erasePerson(db, ws, me, key, at(3))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await removePerson(db, ws, me, key, at(3));
    expect(await listRemovedPeople(db, ws, projectId)).toEqual([{ id: key.personId, alias: "Person A" }]);

    const stranger = WorkspaceId.parse(newId("wsp"));
    await expect(erasePerson(db, stranger, me, key, at(4))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await erasePerson(db, ws, me, key, at(4));
    expect(await listRemovedPeople(db, ws, projectId)).toEqual([]);
    expect(await db.person.findUnique({ where: { id: key.personId } })).toBeNull();
    await expect(restorePerson(db, ws, me, key, at(5))).rejects.toMatchObject({ code: "NOT_FOUND" });

    const history = await readChanges(db, ws, projectId, 20);
    const erased = history.filter((change) => change.entityId === key.personId);
    expect(erased.map(({ action, before, after }) => [action, before, after])).toEqual(
      ["delete", "delete", "update", "create"].map((action) => [action, null, null]),
    );
    expect(JSON.stringify(history)).toContain("Person K");
    expect((await listPeople(db, ws, projectId)).map(({ id }) => id)).toEqual([kept.id]);
  });

  test("another workspace sees nobody, and a person of another project is absent", async () => {
    const { db, ws, me, projectId, person } = await setUp();
    const stranger = WorkspaceId.parse(newId("wsp"));
    expect(await listPeople(db, stranger, projectId)).toEqual([]);
    const foreign = { projectId, personId: person.id, version: 1, facts: ML };
    await expect(editPerson(db, stranger, me, foreign, at(2))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(addPerson(db, stranger, me, { projectId, ...ML }, at(2))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const other = { ...foreign, projectId: newId("prj") };
    await expect(editPerson(db, ws, me, other, at(2))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("people of other living projects can be borrowed, those of deleted ones cannot", async () => {
    const { db, ws, me, projectId, person } = await setUp();
    const other = await setUp();
    const ids = async () => (await listPeopleElsewhere(db, ws, other.projectId)).map((one) => one.id);
    expect(await ids()).toContain(person.id);
    await deleteProject(db, ws, me, projectId, at(6));
    expect(await ids()).not.toContain(person.id);
  });
});
