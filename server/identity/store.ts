import type { Db, Tx } from "#server/db.ts";
import { defaultLocale, Locale } from "#server/messages/schema.ts";
import { newId } from "#server/new-id.ts";
import { Change, MemberId, MemberRole, type Session, WorkspaceId } from "./schema.ts";

/**
 * The one workspace and owner of local mode, made at first start.
 * Idempotent; two processes starting together end with one owner, the first.
 */
export async function ensureLocalOwner(db: Db, now: Date): Promise<Session> {
  const found = await readLocalOwner(db);
  if (found) return found;
  await db.$transaction(async (tx) => {
    if ((await tx.workspace.count()) > 0) return;
    const workspaceId = newId("wsp");
    const times = { createdAt: now, updatedAt: now };
    await tx.workspace.create({
      data: { id: workspaceId, name: "Local workspace", locale: defaultLocale, currency: "EUR", ...times },
    });
    await tx.member.create({
      data: { id: newId("mbr"), workspaceId, displayName: "Local owner", role: "owner", ...times },
    });
  });
  const made = await readLocalOwner(db);
  if (!made) throw new Error("the local owner was not created");
  return made;
}

/** Null before the first start. */
export async function readLocalOwner(db: Db): Promise<Session | null> {
  const member = await db.member.findFirst({
    where: { role: "owner" },
    orderBy: { id: "asc" },
    include: { workspace: { select: { locale: true } } },
  });
  if (!member) return null;
  return {
    workspaceId: WorkspaceId.parse(member.workspaceId),
    memberId: MemberId.parse(member.id),
    role: MemberRole.parse(member.role),
    displayName: member.displayName,
    // Workspaces of the first days say only "en".
    locale: Locale.safeParse(member.workspace.locale).data ?? defaultLocale,
  };
}

export type NewChange = {
  projectId: string | null;
  memberId: MemberId;
  entity: string;
  entityId: string;
  action: Change["action"];
  before: unknown;
  after: unknown;
  at: Date;
};

/** Appends to the history behind undo and audit. Call it inside the transaction that makes the change. */
export async function recordChange(tx: Tx, workspaceId: WorkspaceId, change: NewChange): Promise<string> {
  const id = newId("chg");
  const { before, after, ...rest } = change;
  await tx.change.create({
    data: { id, workspaceId, ...rest, before: toText(before), after: toText(after) },
  });
  return id;
}

/**
 * Takes the content out of the history of one thing, because somebody asked for their data to be erased. Who did what
 * and when stays: the only edit of a history that is otherwise appended to.
 */
export async function blankChanges(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: Pick<NewChange, "projectId" | "entity" | "entityId">,
): Promise<void> {
  await tx.change.updateMany({ where: { workspaceId, ...of }, data: { before: null, after: null } });
}

/** Newest first. */
export async function readChanges(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  take: number,
): Promise<Change[]> {
  const rows = await db.change.findMany({ where: { workspaceId, projectId }, orderBy: { id: "desc" }, take });
  return rows.map(({ workspaceId: _, ...row }) =>
    Change.parse({
      ...row,
      before: fromText(row.before),
      after: fromText(row.after),
      at: row.at.toISOString(),
    }),
  );
}

function toText(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function fromText(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
