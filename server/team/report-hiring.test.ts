import { describe, expect, it } from "vitest";
import { HiringSettings, PayRange, PayRanges } from "./hiring-schema.ts";
import { SKILL_CATALOGUE } from "./read-catalogue.ts";
import { type HiringQuestion, reportHiring } from "./report-hiring.ts";
import { reportTeam } from "./report-team.ts";
import { ROLES } from "./roles.data.ts";
import type { Person, RoleId } from "./schema.ts";

const TODAY = "2026-10-05";
const PAY: PayRange = {
  roleId: "AIPE",
  engagement: "permanent",
  min: 69_000,
  max: 82_800,
  currency: "EUR",
  per: "year",
  source: "pay band E5",
  asOf: "2026-09-01",
};

function holderOf(roleId: RoleId, id: string): Person {
  const role = ROLES.find((r) => r.id === roleId);
  const ratings = role?.requirements.map(({ skillId, level }) => ({
    skillId,
    level,
    source: "evidence" as const,
    at: "2026-09-01",
  }));
  return { id, alias: id, roleId, availabilityPct: 100, ratings: ratings ?? [] };
}

function hiringOf(over: Partial<HiringQuestion> = {}) {
  const question: HiringQuestion = {
    demand: { kind: "rag", onDevice: false, layers: [], policies: [] },
    catalogue: SKILL_CATALOGUE,
    people: [],
    borrowable: [],
    asOf: TODAY,
    pilotStart: "2027-02-22",
    pay: [],
    ...over,
  };
  return reportHiring(question, reportTeam(question));
}

describe("a line of the hiring plan", () => {
  it("costs what somebody said the role is paid, with benefits, and says from where", () => {
    const [line] = hiringOf({ pay: [PAY] }).lines;
    // 69 000 / 0.69 / 220 = 454.5 a day; ten days; a year is 220 of them.
    expect(line?.cost).toMatchObject({
      days: 10,
      pilot: { min: 4545, max: 5455, currency: "EUR" },
      yearly: { min: 100_000, max: 120_000, currency: "EUR" },
    });
    expect(line?.cost.how).toContain("pay ÷ (1 − 31 %) ÷ 220 days");
    expect(line?.cost.how).toContain("pay band E5, 2026-09-01");
  });

  it("has no amount while nobody has said what the role is paid, and the total says how many are open", () => {
    const { lines, total } = hiringOf();
    expect(lines[0]?.cost).toMatchObject({ pilot: null, yearly: null });
    expect(lines[0]?.cost.how).toContain("nobody has said what this role is paid");
    expect(total).toEqual({ pilot: [], yearly: [], unpriced: 1 });
  });

  it("a contract is paid by its own rate, without benefits; a rate of last year is marked", () => {
    const day: PayRange = {
      ...PAY,
      engagement: "contract",
      min: 700,
      max: 900,
      per: "day",
      asOf: "2025-10-01",
    };
    const [line] = hiringOf({ pay: [PAY, day], pilotStart: "2026-11-02" }).lines;
    expect(line?.cost).toMatchObject({ pilot: { min: 7000, max: 9000, currency: "EUR" }, yearly: null });
    expect(line?.cost.how).toContain("older than 90 days");
    const hourly: PayRange = { ...day, min: 100, max: 100, per: "hour" };
    expect(hiringOf({ pay: [hourly], pilotStart: "2026-11-02" }).lines[0]?.cost.pilot?.min).toBe(8000);
    const monthly: PayRange = { ...day, min: 11_000, max: 11_000, per: "month" };
    expect(hiringOf({ pay: [monthly], pilotStart: "2026-11-02" }).lines[0]?.cost.pilot?.min).toBe(6000);
  });

  it("begins a lead time before day 1, and says when that is too late", () => {
    const inTime = hiringOf().lines[0];
    expect(inTime).toMatchObject({
      startBy: "2026-11-30",
      readyBy: "2027-02-22",
      leadWeeks: 12,
      late: false,
    });
    const pressed = hiringOf({ pilotStart: "2026-10-12" }).lines[0];
    expect(pressed).toMatchObject({ action: "contract", startBy: TODAY, readyBy: "2026-10-19", late: true });
    expect(hiringOf({ pilotStart: null }).lines[0]).toMatchObject({
      startBy: null,
      readyBy: null,
      late: false,
    });
  });

  it("lead times and horizon that the workspace knows win over the house's", () => {
    const slow = HiringSettings.parse({ leadTimeWeeks: { hire: 26 } });
    expect(hiringOf({ hiring: slow }).lines[0]?.action).toBe("contract");
    const short = HiringSettings.parse({ monthsAfterHandoff: 3 });
    expect(hiringOf({ hiring: short }).lines[0]?.action).toBe("contract");
    expect(hiringOf({ hiring: slow }).assumptions[0]).toContain(
      "26 weeks from the decision to the first day (set by hand)",
    );
  });
});

describe("another way to close a gap", () => {
  const people = [holderOf("MLE", "ml")];
  const choose = (action: "hire" | "train" | "borrow" | "descope", over: object = {}) =>
    HiringSettings.parse({ choices: [{ skillId: "S03", action, reason: "We streamed before.", ...over }] });
  const gapOf = (hiring: Partial<HiringSettings>, over: Partial<HiringQuestion> = {}) => {
    const report = hiringOf({ people, pilotStart: "2026-11-02", hiring, ...over });
    return { gap: report.gaps.find((one) => one.skillId === "S03"), lines: report.lines };
  };

  it("a person's choice counts, with its reason; what the plan would do stays beside it", () => {
    const own = gapOf({});
    expect(own.gap?.closing).toMatchObject({ action: "contract", chosen: false, proposed: null });
    const { gap, lines } = gapOf(choose("train"));
    expect(gap?.closing).toMatchObject({
      action: "train",
      personId: "ml",
      chosen: true,
      proposed: { action: "contract" },
      because: "decided by hand: We streamed before.",
    });
    expect(lines.find((line) => line.skillIds.includes("S03"))?.rationale).toContain("We streamed before.");
  });

  it("names the lender who was chosen, and nobody who is not in the workspace", () => {
    const borrowable = [holderOf("AIPE", "near"), holderOf("AIPE", "far")];
    const named = gapOf(choose("borrow", { personId: "far" }), { borrowable });
    expect(named.gap?.closing?.personId).toBe("far");
    expect(gapOf(choose("borrow", { personId: "gone" }), { borrowable }).gap?.closing?.personId).toBe("near");
    expect(gapOf(choose("borrow")).gap?.closing?.personId).toBe(null);
  });

  it("closes what the plan would leave open", () => {
    const hiring = HiringSettings.parse({
      choices: [{ skillId: "S10", action: "hire", reason: "Two products wait for it." }],
    });
    const covered = [holderOf("AIPE", "a"), holderOf("AIPE", "b"), holderOf("PL", "p"), holderOf("SEC", "s")];
    expect(hiringOf({ people: covered }).lines).toEqual([]);
    expect(hiringOf({ people: covered, hiring }).lines).toMatchObject([
      { action: "hire", skillIds: ["S10"] },
    ]);
  });
});

describe("what is refused", () => {
  it.each([
    ["an upper end below the lower", { ...PAY, max: 1 }, "PAY_ORDER"],
    ["no lower end", { ...PAY, min: undefined }, ""],
    ["a negative amount", { ...PAY, min: -1 }, ""],
    ["NaN", { ...PAY, min: Number.NaN }, ""],
    ["text for an amount", { ...PAY, min: "1,5" }, ""],
    ["an unknown role", { ...PAY, roleId: "CEO" }, ""],
    ["a currency by name", { ...PAY, currency: "EURO" }, ""],
    ["no source", { ...PAY, source: " " }, "TEXT_LENGTH"],
    ["31 February", { ...PAY, asOf: "2026-02-31" }, "DATE_INVALID"],
    ["a key nobody knows", { ...PAY, bonus: 1 }, ""],
  ])("pay with %s", (_title, range, code) => {
    const { success, error } = PayRange.safeParse(range);
    expect(success).toBe(false);
    const codes = error?.issues.map((issue) => ("params" in issue ? issue.params?.code : undefined));
    if (code !== "") expect(codes).toContain(code);
  });

  it("two ranges of one role and engagement", () => {
    expect(PayRanges.safeParse([PAY, { ...PAY, min: 1 }]).success).toBe(false);
    expect(PayRanges.safeParse([PAY, { ...PAY, engagement: "contract" }]).success).toBe(true);
  });

  it.each([
    ["no reason", { reason: "" }],
    ["a reason over two lines", { reason: "a\nb" }],
    ["a reason of 301 characters", { reason: "x".repeat(301) }],
    ["an unknown way", { action: "ignore" }],
  ])("a choice with %s", (_title, over) => {
    const choice = { skillId: "S03", action: "train", reason: "Because.", ...over };
    expect(HiringSettings.safeParse({ choices: [choice] }).success).toBe(false);
  });

  it("one gap closed in two ways; a lead time of three years", () => {
    const choice = { skillId: "S03", action: "train", reason: "Because." };
    expect(HiringSettings.safeParse({ choices: [choice, choice] }).success).toBe(false);
    expect(HiringSettings.safeParse({ leadTimeWeeks: { hire: 156 } }).success).toBe(false);
  });
});
