import { describe, expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { eraseExpiredScorecards } from "#server/team/scorecard-store.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = new Date(Date.UTC(2026, 10, 20, 12));
const PAY = {
  roleId: "AIPE" as const,
  engagement: "contract" as const,
  min: 700,
  max: 900,
  currency: "EUR",
  per: "day" as const,
  source: "quote",
  asOf: "2026-11-01",
};
const BODY = {
  interviewer: "Interviewer 2",
  ratings: [{ questionId: "Q01", rating: 3, notes: "Told us of a real failure." }],
  recommendation: "no_decision" as const,
};

onBothDatabases("hiring", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const { workspaceId: ws, memberId: me } = owner;
    const name = `Desk ${newId("prj")}`;
    const { id: projectId } = await createProject(db, ws, me, { name, presetId: "rag_support" }, START);
    let now = START;
    const later = (days: number) => {
      now = new Date(START.getTime() + days * DAY_MS);
    };
    const as = (role: typeof owner.role) => callAs(db, { ...owner, role }, () => now);
    await as("owner").hiring.keepScorecards({ days: null });
    return { db, ws, projectId, as, api: as("editor"), later };
  };

  test("a gap is closed otherwise with a reason, and given back", async () => {
    const { db, ws, projectId, api } = await setUp();
    const choice = { action: "train" as const, personId: null, reason: "Two of us streamed before." };
    const closingOf = async () =>
      (await api.hiring.read({ projectId })).hiring.gaps.find((gap) => gap.skillId === "S03")?.closing;
    const plans = (await closingOf())?.action;
    expect(await api.hiring.choose({ projectId, skillId: "S03", choice, seen: null })).toEqual({
      before: null,
    });
    expect(await closingOf()).toMatchObject({ action: "train", chosen: true, proposed: { action: plans } });
    await expect(api.hiring.choose({ projectId, skillId: "S03", choice, seen: null })).rejects.toMatchObject({
      cause: { code: "VERSION_CONFLICT" },
    });
    const { before } = await api.hiring.choose({ projectId, skillId: "S03", choice: null, seen: "train" });
    expect(before).toMatchObject(choice);
    expect(await closingOf()).toMatchObject({ action: plans, chosen: false });
    expect((await readChanges(db, ws, projectId, 1))[0]).toMatchObject({
      entity: "staffing",
      action: "update",
    });
  });

  test("pay gives a line its cost; a second writer is told", async () => {
    const { projectId, api } = await setUp();
    const { version } = await api.hiring.read({ projectId });
    const { roleId, engagement } = PAY;
    await api.hiring.savePay({ projectId, version, roleId, engagement, range: PAY });
    expect((await api.hiring.read({ projectId })).pay).toEqual([PAY]);
    await expect(
      api.hiring.savePay({ projectId, version, roleId, engagement, range: null }),
    ).rejects.toMatchObject({ cause: { code: "VERSION_CONFLICT" } });
    const next = (await api.hiring.read({ projectId })).version;
    const { before } = await api.hiring.savePay({
      projectId,
      version: next,
      roleId,
      engagement,
      range: null,
    });
    expect(before).toEqual(PAY);
  });

  test("lead times of one's own change the plan", async () => {
    const { projectId, api } = await setUp();
    const { version } = await api.hiring.read({ projectId });
    const settings = { leadTimeWeeks: { contract: 4 }, monthsAfterHandoff: 3 };
    await api.hiring.saveSettings({ projectId, version, settings });
    const { hiring } = await api.hiring.read({ projectId });
    expect(hiring.lines[0]).toMatchObject({ action: "contract", leadWeeks: 4 });
  });

  describe("scorecards", () => {
    const card = { roleId: "MLE" as const, alias: "Candidate 1", body: BODY };

    test("are off until the owner says for how long; nobody else may", async () => {
      const { projectId, api, as } = await setUp();
      await expect(api.hiring.addScorecard({ projectId, ...card })).rejects.toMatchObject({
        cause: { code: "SCORECARDS_OFF" },
      });
      await expect(api.hiring.keepScorecards({ days: 30 })).rejects.toMatchObject({ code: "FORBIDDEN" });
      await as("owner").hiring.keepScorecards({ days: 30 });
      const kept = await api.hiring.addScorecard({ projectId, ...card });
      expect(kept.keepUntil).toBe("2026-12-20T12:00:00.000Z");
    });

    test("are really gone when their time is over, in table and history", async () => {
      const { db, ws, projectId, api, as, later } = await setUp();
      await as("owner").hiring.keepScorecards({ days: 30 });
      await api.hiring.addScorecard({ projectId, ...card });
      later(29);
      expect((await api.hiring.interview({ projectId })).scorecards.cards).toHaveLength(1);
      const rows = () => db.scorecard.count({ where: { projectId } });
      await eraseExpiredScorecards(db, new Date(START.getTime() + 29 * DAY_MS));
      expect(await rows()).toBe(1);
      later(30);
      // Not shown even before the worker comes by.
      expect((await api.hiring.interview({ projectId })).scorecards.cards).toEqual([]);
      expect(await rows()).toBe(1);
      await eraseExpiredScorecards(db, new Date(START.getTime() + 30 * DAY_MS));
      expect(await rows()).toBe(0);
      const history = JSON.stringify(await readChanges(db, ws, projectId, 50));
      expect(history).not.toContain("Candidate 1");
      expect(history).not.toContain("real failure");
    });

    test("a shorter time also counts for those that are kept, a longer one does not", async () => {
      const { projectId, api, as } = await setUp();
      await as("owner").hiring.keepScorecards({ days: 30 });
      await api.hiring.addScorecard({ projectId, ...card });
      const untilOf = async () => (await api.hiring.interview({ projectId })).scorecards.cards[0]?.keepUntil;
      await as("owner").hiring.keepScorecards({ days: 180 });
      expect(await untilOf()).toBe("2026-12-20T12:00:00.000Z");
      await as("owner").hiring.keepScorecards({ days: 7 });
      expect(await untilOf()).toBe("2026-11-27T12:00:00.000Z");
    });

    test("are handed out by alias and erased at once; readers see none", async () => {
      const { projectId, api, as } = await setUp();
      await as("owner").hiring.keepScorecards({ days: 30 });
      const { id } = await api.hiring.addScorecard({ projectId, ...card });
      await api.hiring.addScorecard({ projectId, ...card, alias: "Candidate 2" });
      const { cards } = await api.hiring.exportScorecards({ projectId, alias: "Candidate 1" });
      expect(cards).toMatchObject([{ id, alias: "Candidate 1", ...BODY }]);
      expect((await as("viewer").hiring.interview({ projectId })).scorecards.cards).toEqual([]);
      await api.hiring.eraseScorecard({ projectId, id });
      expect((await api.hiring.exportScorecards({ projectId, alias: "Candidate 1" })).cards).toEqual([]);
      await expect(api.hiring.eraseScorecard({ projectId, id })).rejects.toMatchObject({
        cause: { code: "NOT_FOUND" },
      });
    });

    test.each([
      ["an e-mail address", "ada@example.org"],
      ["a full-width address", "ada＠example"],
      ["a phone number", "+49 170 1234567"],
      ["digits in groups", "0170-12 34"],
      ["a link", "linkedin.com/in/ada"],
      ["nothing", "  "],
      ["41 characters", "x".repeat(41)],
      ["a direction mark", "Candi\u202edate"],
    ])("an alias that is %s is refused", async (_title, alias) => {
      const { projectId, api, as } = await setUp();
      await as("owner").hiring.keepScorecards({ days: 30 });
      await expect(api.hiring.addScorecard({ projectId, ...card, alias })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    });

    test.each([0, -1, 181, 1.5])("%s days are refused", async (days) => {
      const { as } = await setUp();
      await expect(as("owner").hiring.keepScorecards({ days })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    });

    test.each([
      ["a rating of 5", { ...BODY, ratings: [{ questionId: "Q01", rating: 5, notes: "" }] }],
      ["a rating of 2.5", { ...BODY, ratings: [{ questionId: "Q01", rating: 2.5, notes: "" }] }],
      ["one question twice", { ...BODY, ratings: [...BODY.ratings, ...BODY.ratings] }],
      ["a total", { ...BODY, total: 3 }],
    ])("%s is refused", async (_title, body) => {
      const { projectId, api } = await setUp();
      await expect(api.hiring.addScorecard({ projectId, ...card, body })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    });
  });
});
