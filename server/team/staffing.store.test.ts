import { expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import type { HandRequirement } from "./staffing-schema.ts";
import { changeStaffing, readStaffing } from "./staffing-store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const byHand = (over: Partial<HandRequirement> = {}): HandRequirement => ({
  roleId: "MLE",
  skillId: "S03",
  level: 3,
  importance: "must",
  reason: "They own the gateway alone.",
  at: "2026-11-20",
  ...over,
});

onBothDatabases("what is set by hand about staffing", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const { workspaceId: ws, memberId: me } = owner;
    const name = `Desk ${newId("prj")}`;
    const { id: projectId } = await createProject(db, ws, me, { name, presetId: "rag_support" }, at(0));
    return { db, ws, me, projectId };
  };

  test("nothing is set by hand at first", async () => {
    const { db, ws, projectId } = await setUp();
    expect(await readStaffing(db, ws, projectId)).toEqual({
      requirements: [],
      hiring: {},
      pay: [],
      version: 0,
    });
  });

  test("one part is written and the others stay; the history keeps both", async () => {
    const { db, ws, me, projectId } = await setUp();
    const write = (part: object, minute: number) =>
      changeStaffing(db, ws, me, { projectId, decide: () => part }, at(minute));
    expect((await write({ hiring: { leadWeeks: 9 } }, 1)).version).toBe(1);
    const stored = await write({ requirements: [byHand()] }, 2);
    expect(stored).toMatchObject({ version: 2, hiring: { leadWeeks: 9 }, requirements: [byHand()] });
    const [newest] = await readChanges(db, ws, projectId, 1);
    expect(newest).toMatchObject({ entity: "staffing", action: "update", before: { requirements: [] } });
  });

  test("what is refused leaves nothing behind", async () => {
    const { db, ws, me, projectId } = await setUp();
    const refuse = () => {
      throw new Error("no");
    };
    await expect(changeStaffing(db, ws, me, { projectId, decide: refuse }, at(1))).rejects.toThrow("no");
    expect((await readStaffing(db, ws, projectId)).version).toBe(0);
  });

  test("of writers at once none is lost", async () => {
    const { db, ws, me, projectId } = await setUp();
    const add = (level: 1 | 2 | 3) =>
      changeStaffing(
        db,
        ws,
        me,
        {
          projectId,
          decide: ({ requirements }) => ({ requirements: [...requirements, byHand({ level })] }),
        },
        at(level),
      );
    const done = await Promise.allSettled([add(1), add(2), add(3)]);
    const kept = done.filter(({ status }) => status === "fulfilled").length;
    const stored = await readStaffing(db, ws, projectId);
    expect([stored.version, stored.requirements.length]).toEqual([kept, kept]);
  });

  test("another workspace sees no staffing and changes none", async () => {
    const { db, me, projectId } = await setUp();
    const strange = WorkspaceId.parse(newId("wsp"));
    const change = { projectId, decide: () => ({ requirements: [byHand()] }) };
    await expect(changeStaffing(db, strange, me, change, at(1))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await readStaffing(db, strange, projectId)).version).toBe(0);
  });
});
