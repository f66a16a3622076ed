import type { Db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { ClosingChoice, HiringSettings, PayRange, PayRanges } from "./hiring-schema.ts";
import type { SkillId } from "./schema.ts";
import { changeStaffing } from "./staffing-store.ts";

const say = sayRoom("errors");

type Change = { projectId: string };

/**
 * How one gap is closed; null leaves it to the plan again. `seen` is what the person saw in this place.
 * @returns the choice that stood before, for undo
 * @throws PilotageError NOT_FOUND, VERSION_CONFLICT with both choices
 */
export async function chooseWay(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  {
    projectId,
    skillId,
    choice,
    seen,
  }: Change & { skillId: SkillId; choice: ClosingChoice | null; seen: string | null },
  now: Date,
): Promise<{ before: ClosingChoice | null }> {
  let before: ClosingChoice | null = null;
  const decide = (staffing: { hiring: unknown; version: number }) => {
    const settings = HiringSettings.parse(staffing.hiring);
    before = settings.choices.find((one) => one.skillId === skillId) ?? null;
    if ((before?.action ?? null) !== seen) throw conflict(choice, before, staffing.version);
    const others = settings.choices.filter((one) => one.skillId !== skillId);
    const choices = choice ? [...others, ClosingChoice.parse(choice)] : others;
    return { hiring: { ...settings, choices: choices.sort((a, b) => (a.skillId < b.skillId ? -1 : 1)) } };
  };
  await changeStaffing(db, workspaceId, memberId, { projectId, decide }, now);
  return { before };
}

/** Lead times, horizon and benefit share; the choices stay. */
export async function saveHiringSettings(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { projectId, version, settings }: Change & { version: number; settings: Omit<HiringSettings, "choices"> },
  now: Date,
): Promise<void> {
  await changeStaffing(
    db,
    workspaceId,
    memberId,
    {
      projectId,
      decide: (staffing) => {
        if (staffing.version !== version) throw conflict(settings, staffing.hiring, staffing.version);
        const { choices } = HiringSettings.parse(staffing.hiring);
        return { hiring: HiringSettings.parse({ ...settings, choices }) };
      },
    },
    now,
  );
}

/** One range a role and engagement; null takes it away. @throws PilotageError NOT_FOUND, VERSION_CONFLICT */
export async function savePay(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  {
    projectId,
    roleId,
    engagement,
    range,
    version,
  }: Change & Pick<PayRange, "roleId" | "engagement"> & { range: PayRange | null; version: number },
  now: Date,
): Promise<{ before: PayRange | null; version: number }> {
  let before: PayRange | null = null;
  const after = await changeStaffing(
    db,
    workspaceId,
    memberId,
    {
      projectId,
      decide: (staffing) => {
        const pay = PayRanges.parse(staffing.pay);
        const isSame = (one: PayRange) => one.roleId === roleId && one.engagement === engagement;
        before = pay.find(isSame) ?? null;
        if (staffing.version !== version) throw conflict(range, before, staffing.version);
        const others = pay.filter((one) => !isSame(one));
        return { pay: range ? [...others, PayRange.parse(range)] : others };
      },
    },
    now,
  );
  return { before, version: after.version };
}

function conflict(yours: unknown, theirs: unknown, version: number): PilotageError {
  return new PilotageError("conflict", "VERSION_CONFLICT", say("VERSION_CONFLICT.staffing"), {
    hint: say("VERSION_CONFLICT.hint"),
    data: { yours, theirs, version },
  });
}
