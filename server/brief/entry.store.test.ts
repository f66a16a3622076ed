import { describe, expect, test } from "vitest";
import { WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { BLANK_ENTRY } from "./entry-criteria.data.ts";
import { ENTRY_POINTS_AT_MOST, type EntryBody, type EntryPointDraft } from "./entry-schema.ts";
import {
  addEntryPoints,
  chooseEntryPoint,
  listEntryPoints,
  listRemovedEntries,
  readChosenEntry,
  removeEntryPoint,
  restoreEntryPoint,
  saveEntryPoint,
} from "./entry-store.ts";
import { deleteProject } from "./lifecycle-store.ts";
import { createProject } from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const draft = (title: string, body: Partial<EntryBody> = {}): EntryPointDraft => ({
  ...BLANK_ENTRY,
  ...body,
  title,
  chosen: false,
});

onBothDatabases("candidates of a project", (database) => {
  const setUp = async (presetId: "rag_support" | "blank" = "blank") => {
    const { db, owner } = database();
    const { workspaceId: ws, memberId: me } = owner;
    const { id } = await createProject(db, ws, me, { name: `Desk ${newId("prj")}`, presetId }, at(0));
    const add = (...drafts: EntryPointDraft[]) =>
      addEntryPoints(db, ws, me, { projectId: id, drafts }, at(1));
    const choose = (entryPointId: string | null, seenChosenId: string | null) =>
      chooseEntryPoint(db, ws, me, { projectId: id, entryPointId, seenChosenId }, at(2));
    const key = (entryPointId: string) => ({ projectId: id, entryPointId });
    return { db, ws, me, id, add, choose, key };
  };
  const body = (entry: { title: string } & EntryBody) => {
    const { presetId, problem, today, users, casesPerMonth, minutesSavedPerCase, impact, friction } = entry;
    const { fit, stops, scope, owner, business, technical } = entry;
    return {
      ...{ presetId, problem, today, users, casesPerMonth, minutesSavedPerCase, impact, friction },
      ...{ fit, stops, scope, owner, business, technical },
    };
  };

  test("a project from a preset has its candidate, not chosen; a blank one has none", async () => {
    const { db, ws, id } = await setUp("rag_support");
    expect(await listEntryPoints(db, ws, id)).toMatchObject([{ title: "Support assistant", chosen: false }]);
    const blank = await setUp();
    expect(await listEntryPoints(blank.db, blank.ws, blank.id)).toEqual([]);
  });

  test("choosing another lets go of the one before, and null of all", async () => {
    const { db, ws, id, add, choose } = await setUp();
    const [a, b] = await add(draft("A"), draft("B"));
    if (!a || !b) throw new Error("two were added");
    await choose(a.id, null);
    expect((await choose(b.id, a.id))?.id).toBe(b.id);
    expect((await listEntryPoints(db, ws, id)).map(({ chosen }) => chosen)).toEqual([false, true]);
    expect(await choose(null, b.id)).toBe(null);
  });

  test("two people choosing at once end with one choice, and one of them is told of both", async () => {
    const { db, ws, id, add, choose } = await setUp();
    const added = await add(draft("A"), draft("B"));
    const settled = await Promise.allSettled(added.map((entry) => choose(entry.id, null)));
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const chosen = await readChosenEntry(db, ws, id);
    const other = added.find((entry) => entry.id !== chosen?.id);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({
      reason: {
        code: "VERSION_CONFLICT",
        detail: { data: { yours: other?.title, theirs: chosen?.title, chosenId: chosen?.id } },
      },
    });
  });

  test("two people editing at once: the second sees both versions and nothing is overwritten", async () => {
    const { db, ws, me, add, key } = await setUp();
    const [entry] = await add(draft("A"));
    if (!entry) throw new Error("one was added");
    const edit = (scope: string, version: number, title = "A") =>
      saveEntryPoint(
        db,
        ws,
        me,
        { ...key(entry.id), version, title, body: { ...body(entry), scope } },
        at(3),
      );
    expect(await edit("Mine", 1)).toMatchObject({ scope: "Mine", version: 2 });
    await expect(edit("Theirs", 1, "A again")).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      detail: {
        data: { yours: { title: "A again", scope: "Theirs" }, theirs: { scope: "Mine" }, version: 2 },
      },
    });
    const both = await Promise.allSettled([edit("One", 2), edit("Two", 2)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("whoever chooses is not in the way of whoever edits", async () => {
    const { db, ws, me, add, choose, key } = await setUp();
    const [entry] = await add(draft("A"));
    if (!entry) throw new Error("one was added");
    await choose(entry.id, null);
    const edited = { ...key(entry.id), version: entry.version, title: "A", body: body(entry) };
    expect(await saveEntryPoint(db, ws, me, edited, at(3))).toMatchObject({ chosen: true, version: 2 });
  });

  describe("a check that holds keeps it from being chosen, an open one does not", () => {
    test.each([
      [{ baseline: "no" }, "ENTRY_STOPPED"],
      [{ data_use: "no" }, "ENTRY_STOPPED"],
      [{ prohibited: "yes" }, "ENTRY_STOPPED"],
      [{ stakeholder: "no" }, null],
      [{}, null],
    ] as const)("%o", async (stops, code) => {
      const { add, choose } = await setUp();
      const [entry] = await add(draft("A", { stops: { ...BLANK_ENTRY.stops, ...stops } }));
      const chosen = choose(entry?.id ?? "", null);
      if (code) await expect(chosen).rejects.toMatchObject({ kind: "conflict", code });
      else expect(await chosen).toMatchObject({ chosen: true });
    });
  });

  test("the chosen one deleted leaves none chosen; its undo chooses it again unless another was chosen", async () => {
    const { db, ws, me, id, add, choose, key } = await setUp();
    const [a, b] = await add(draft("A"), draft("B"));
    if (!a || !b) throw new Error("two were added");
    await choose(a.id, null);
    await removeEntryPoint(db, ws, me, key(a.id), at(3));
    expect(await readChosenEntry(db, ws, id)).toBe(null);
    expect((await listRemovedEntries(db, ws, id)).map(({ title }) => title)).toEqual(["A"]);
    expect(await restoreEntryPoint(db, ws, me, key(a.id), at(4))).toMatchObject({ chosen: true });
    await removeEntryPoint(db, ws, me, key(a.id), at(5));
    await choose(b.id, null);
    expect(await restoreEntryPoint(db, ws, me, key(a.id), at(6))).toMatchObject({ chosen: false });
    expect((await readChosenEntry(db, ws, id))?.id).toBe(b.id);
  });

  test("a title is taken whatever its case, and what was deleted comes back only under a free one", async () => {
    const { db, ws, me, add, key } = await setUp();
    const [a] = await add(draft("Desk"));
    if (!a) throw new Error("one was added");
    const taken = { kind: "conflict", code: "ENTRY_TAKEN", detail: { path: "title" } };
    await expect(add(draft("DESK"))).rejects.toMatchObject(taken);
    await removeEntryPoint(db, ws, me, key(a.id), at(3));
    await add(draft("desk"));
    await expect(restoreEntryPoint(db, ws, me, key(a.id), at(4))).rejects.toMatchObject(taken);
  });

  test("several are added together or not at all", async () => {
    const { db, ws, id, add } = await setUp();
    await expect(add(draft("A"), draft("B"), draft("a"))).rejects.toMatchObject({ code: "ENTRY_TAKEN" });
    const chosen = (title: string) => ({ ...draft(title), chosen: true });
    const twoChosen = { code: "ENTRY_TWO_CHOSEN" };
    await expect(add(chosen("A"), chosen("B"))).rejects.toMatchObject(twoChosen);
    expect(await listEntryPoints(db, ws, id)).toEqual([]);
    await add(chosen("A"));
    await expect(add(chosen("B"))).rejects.toMatchObject(twoChosen);
    expect(await listEntryPoints(db, ws, id)).toHaveLength(1);
  });

  test("twelve are compared and a thirteenth is refused, also when it comes back", async () => {
    const { db, ws, me, id, add, key } = await setUp();
    const full = Array.from({ length: ENTRY_POINTS_AT_MOST }, (_, n) => draft(`C ${n}`));
    const [first] = await add(...full);
    const tooMany = { kind: "invalid", code: "ENTRY_TOO_MANY" };
    await expect(add(draft("One more"))).rejects.toMatchObject(tooMany);
    await removeEntryPoint(db, ws, me, key(first?.id ?? ""), at(3));
    await add(draft("One more"));
    await expect(restoreEntryPoint(db, ws, me, key(first?.id ?? ""), at(4))).rejects.toMatchObject(tooMany);
    expect((await listEntryPoints(db, ws, id)).length).toBe(ENTRY_POINTS_AT_MOST);
  });

  test("thirteen people adding the last free place end with twelve", async () => {
    const { db, ws, id, add } = await setUp();
    const full = Array.from({ length: ENTRY_POINTS_AT_MOST - 1 }, (_, n) => draft(`C ${n}`));
    await add(...full);
    const settled = await Promise.allSettled([add(draft("X")), add(draft("Y"))]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listEntryPoints(db, ws, id)).length).toBe(ENTRY_POINTS_AT_MOST);
  });

  test("a stranger, and a deleted project, have no candidates", async () => {
    const { db, ws, me, id, add, key } = await setUp();
    const [entry] = await add(draft("A"));
    const stranger = WorkspaceId.parse(newId("wsp"));
    const absent = { kind: "absent", code: "NOT_FOUND" };
    expect(await listEntryPoints(db, stranger, id)).toEqual([]);
    expect(await listRemovedEntries(db, stranger, id)).toEqual([]);
    const remove = (workspace: typeof ws) => removeEntryPoint(db, workspace, me, key(entry?.id ?? ""), at(3));
    await expect(remove(stranger)).rejects.toMatchObject(absent);
    await deleteProject(db, ws, me, id, at(4));
    await expect(remove(ws)).rejects.toMatchObject(absent);
    expect(await listEntryPoints(db, ws, id)).toEqual([]);
  });

  test("every change leaves who, what, before and after", async () => {
    const { db, ws, me, id, add, choose, key } = await setUp();
    const [a] = await add(draft("A"));
    if (!a) throw new Error("one was added");
    await choose(a.id, null);
    const edited = { ...key(a.id), version: 1, title: "A", body: { ...body(a), scope: "One desk" } };
    await saveEntryPoint(db, ws, me, edited, at(3));
    await removeEntryPoint(db, ws, me, key(a.id), at(4));
    await restoreEntryPoint(db, ws, me, key(a.id), at(5));
    const changes = await readChanges(db, ws, id, 5);
    expect(changes.map((change) => [change.entity, change.action, change.memberId])).toEqual(
      ["restore", "delete", "update", "update", "create"].map((action) => ["entryPoint", action, me]),
    );
    expect(changes[2]).toMatchObject({ before: { scope: "" }, after: { scope: "One desk" } });
  });
});
