import { expect, test } from "vitest";
import { openDatabase } from "./db.ts";
import { newId } from "./new-id.ts";
import { onBothDatabases } from "./testing/open-test-database.ts";

onBothDatabases("the database keeps what it acknowledged", (database) => {
  const project = (workspaceId: string, name: string) => ({
    id: newId("prj"),
    workspaceId,
    name,
    nameKey: name,
    kind: "rag",
    presetId: "blank",
    createdAt: new Date(),
    updatedAt: new Date(),
  });

  test("a write beside a transaction that rolls back stays", async () => {
    const { db, owner } = database();
    const failed = db
      .$transaction(async (tx) => {
        await tx.project.create({ data: project(owner.workspaceId, "inside") });
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw new Error("roll back");
      })
      .catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await db.project.create({ data: project(owner.workspaceId, "beside") });
    expect(await failed).toBe("roll back");
    expect((await db.project.findMany({ select: { name: true } })).map((row) => row.name)).toEqual([
      "beside",
    ]);
  });

  test("two clients that read and then write do not lose an update", async () => {
    const { db, owner, settings } = database();
    const other = openDatabase(settings);
    const { id } = await db.project.create({ data: project(owner.workspaceId, "counted") });
    const rename = (client: typeof db) =>
      client.project.updateMany({
        where: { id, workspaceId: owner.workspaceId },
        data: { version: { increment: 1 } },
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => rename(i % 2 ? db : other)));
    expect((await db.project.findUniqueOrThrow({ where: { id } })).version).toBe(21);
    await other.$disconnect();
  });

  test("an undefined filter is refused instead of meaning everything", async () => {
    const { db } = database();
    await expect(
      db.project.findMany({ where: { workspaceId: undefined as unknown as string } }),
    ).rejects.toThrow();
  });
});
