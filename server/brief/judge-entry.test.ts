import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLANK_ENTRY, FIT, FRICTION, IMPACT, STOPS } from "./entry-criteria.data.ts";
import { ENTRY_PRESETS } from "./entry-presets.data.ts";
import {
  Check,
  EntryBody,
  EntryPointDraft,
  EntryPointDrafts,
  EntryPointsFile,
  FitId,
  FrictionId,
  ImpactId,
  StopId,
  Zone,
} from "./entry-schema.ts";
import { findZone, judgeEntry, scoreVolume } from "./judge-entry.ts";
import { listMissing } from "./list-missing.ts";
import { PRESETS } from "./presets.data.ts";

const all = <Id extends string>(ids: readonly Id[], score: number | null) =>
  Object.fromEntries(ids.map((id) => [id, score])) as Record<Id, number | null>;
const CLEAR = { baseline: "yes", data_use: "yes", prohibited: "no", stakeholder: "yes" } as const;

function entry(
  impact: number | null,
  friction: number | null,
  stops: Partial<EntryBody["stops"]> = {},
): EntryBody {
  return {
    ...BLANK_ENTRY,
    impact: all(ImpactId.options, impact),
    friction: all(FrictionId.options, friction),
    stops: { ...CLEAR, ...stops },
  };
}

test("every score has five anchors of its own, and every catalogue entry its id", () => {
  for (const { anchors } of [...IMPACT, ...FRICTION]) expect(new Set(anchors).size).toBe(5);
  expect(IMPACT.map(({ id }) => id)).toEqual(ImpactId.options);
  expect(FRICTION.map(({ id }) => id)).toEqual(FrictionId.options);
  expect(FIT.map(({ id }) => id)).toEqual(FitId.options);
  expect(STOPS.map(({ id }) => id)).toEqual(StopId.options);
});

test.each([
  [5, 1, "accelerate"],
  [3.5, 2.5, "accelerate"],
  [3.49, 2.5, "incubate"],
  [3.5, 2.51, "research"],
  [3.49, 2.51, "shelve"],
  [1, 1, "incubate"],
  [5, 5, "research"],
  [1, 5, "shelve"],
] as const)("impact %d and friction %d: %s", (impact, friction, zone) => {
  expect(findZone(impact, friction)).toBe(zone);
});

describe("what is known decides the zone, what is not known leaves several", () => {
  test.each([
    ["all known and all checks clear", entry(5, 1), ["accelerate"]],
    ["nobody is measured on it", entry(5, 1, { stakeholder: "no" }), ["incubate"]],
    [
      "nobody knows whether somebody is measured",
      entry(5, 1, { stakeholder: "unknown" }),
      ["accelerate", "incubate"],
    ],
    ["no baseline can be measured", entry(5, 1, { baseline: "no" }), ["shelve"]],
    ["the data may not be used", entry(5, 1, { data_use: "no" }), ["shelve"]],
    ["a prohibited practice is suspected", entry(5, 1, { prohibited: "yes" }), ["shelve"]],
    ["nobody asked about the data yet", entry(5, 1, { data_use: "unknown" }), ["accelerate", "shelve"]],
    ["impact is not known at all", entry(null, 1), ["accelerate", "incubate"]],
    ["friction is not known at all", entry(5, null), ["accelerate", "research"]],
    ["nothing is known", BLANK_ENTRY, ["accelerate", "incubate", "research", "shelve"]],
    [
      "a hard candidate without a stakeholder stays what it is",
      entry(5, 5, { stakeholder: "no" }),
      ["research"],
    ],
  ])("%s", (_title, body, zones) => {
    expect(judgeEntry(body).zones).toEqual(zones);
  });
});

test("an unknown score spreads the mean over what it could be, and never stands for a middle", () => {
  const body = { ...entry(4, 2), impact: { time: null, revenue: 4, objective: 4, learning: 4 } };
  expect(judgeEntry(body).impact).toEqual({ low: 3.25, high: 4.25, known: 3, outOf: 4 });
  expect(judgeEntry(body).score).toEqual({ low: 1.25, high: 2.25 });
});

test.each([
  [null, 5, null],
  [100, null, null],
  [100, 5.9, 1],
  [60, 10, 2],
  [60, 49.9, 2],
  [60, 50, 3],
  [60, 150, 3],
  [60, 151, 4],
  [60, 500, 4],
  [60, 501, 5],
  [0, 0, 1],
])("%s cases a month of %s minutes score %s", (casesPerMonth, minutesSavedPerCase, score) => {
  expect(scoreVolume({ casesPerMonth, minutesSavedPerCase })).toBe(score);
});

test("cases and minutes give the score of time only while nobody gave one", () => {
  const volume = { casesPerMonth: 60, minutesSavedPerCase: 600 };
  const open = { ...entry(3, 2), ...volume, impact: { ...entry(3, 2).impact, time: null } };
  expect(judgeEntry(open)).toMatchObject({ timeFromVolume: true, impact: { low: 3.5, high: 3.5 } });
  expect(judgeEntry({ ...entry(3, 2), ...volume })).toMatchObject({
    timeFromVolume: false,
    impact: { low: 3, high: 3 },
  });
});

test("learning more never adds a zone, whichever score or check is learned", () => {
  const score = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
  const check = fc.constantFrom(...Check.options);
  const bodies = fc.record({
    impact: fc.record({ time: score, revenue: score, objective: score, learning: score }),
    friction: fc.record({ data: score, integration: score, risk: score, change: score, evaluation: score }),
    stops: fc.record({ baseline: check, data_use: check, prohibited: check, stakeholder: check }),
  });
  fc.assert(
    fc.property(bodies, fc.integer({ min: 1, max: 5 }), fc.constantFrom("yes", "no"), (part, known, said) => {
      const body = { ...BLANK_ENTRY, ...part } as EntryBody;
      const before = new Set(judgeEntry(body).zones);
      expect(before.size).toBeGreaterThan(0);
      const learned: EntryBody[] = [
        ...ImpactId.options
          .filter((id) => body.impact[id] === null)
          .map((id) => ({ ...body, impact: { ...body.impact, [id]: known } })),
        ...FrictionId.options
          .filter((id) => body.friction[id] === null)
          .map((id) => ({ ...body, friction: { ...body.friction, [id]: known } })),
        ...StopId.options
          .filter((id) => body.stops[id] === "unknown")
          .map((id) => ({ ...body, stops: { ...body.stops, [id]: said } as EntryBody["stops"] })),
      ];
      for (const next of learned) {
        for (const zone of judgeEntry(next).zones) expect([...before]).toContain(zone);
      }
    }),
  );
});

describe("what comes with a preset", () => {
  test("each of the nine problems brings one candidate that passes its own schema", () => {
    expect(ENTRY_PRESETS.map(({ presetId }) => presetId)).toEqual(
      PRESETS.filter(({ id }) => id !== "blank").map(({ id }) => id),
    );
    for (const preset of ENTRY_PRESETS) expect(EntryPointDraft.parse(preset)).toEqual(preset);
  });

  test.each(ENTRY_PRESETS)(
    "$title fills most scores, fit questions and checks, and not what only its people know",
    (preset) => {
      const values = [preset.impact, preset.friction, preset.fit, preset.stops].flatMap(Object.values);
      const filled = values.filter((value) => value !== null && value !== "unknown").length;
      expect(filled / values.length).toBeGreaterThan(0.6);
      expect(preset.impact.objective).toBe(null);
      expect(preset.stops).toMatchObject({ data_use: "unknown", stakeholder: "unknown" });
    },
  );

  test.each(ENTRY_PRESETS)("$title claims no baseline and no owner that nobody gave", (preset) => {
    expect(preset.business.every(({ baseline }) => baseline === null)).toBe(true);
    expect(listMissing(preset)).toEqual(["owner", "baseline"]);
  });
});

describe("what no candidate may say", () => {
  const draft = { ...BLANK_ENTRY, title: "Desk", chosen: false };
  const metric = { name: "Tickets", unit: "per week", baseline: 10, target: 5 };
  const tech = { name: "Speed", unit: "s", comparison: "below", target: 1 };
  test.each([
    ["a score of 0", { impact: { ...draft.impact, time: 0 } }, "impact.time"],
    ["a score of 6", { friction: { ...draft.friction, data: 6 } }, "friction.data"],
    ["a score of 2.5", { friction: { ...draft.friction, data: 2.5 } }, "friction.data"],
    ["a score in words", { impact: { ...draft.impact, time: "3" } }, "impact.time"],
    ["a score that was left out", { impact: { time: 1, revenue: 1, objective: 1 } }, "impact.learning"],
    ["a criterion of its own", { impact: { ...draft.impact, magic: 5 } }, "impact"],
    ["a check that is neither", { stops: { ...draft.stops, baseline: "maybe" } }, "stops.baseline"],
    ["no title", { title: "  " }, "title"],
    ["a title of 121 characters", { title: "x".repeat(121) }, "title"],
    ["a title with a turned direction", { title: "A\u202eB" }, "title"],
    ["a scope of two lines", { scope: "A\nB" }, "scope"],
    ["a scope of 301 characters", { scope: "x".repeat(301) }, "scope"],
    [
      "four business metrics",
      { business: [1, 2, 3, 4].map((n) => ({ ...metric, name: `M ${n}` })) },
      "business",
    ],
    ["two metrics of one name", { business: [metric, metric] }, "business.1.name"],
    [
      "five technical metrics",
      { technical: [1, 2, 3, 4, 5].map((n) => ({ ...tech, name: `T ${n}` })) },
      "technical",
    ],
    ["a baseline below nothing", { business: [{ ...metric, baseline: -1 }] }, "business.0.baseline"],
    ["endless cases", { casesPerMonth: Number.POSITIVE_INFINITY }, "casesPerMonth"],
    ["half a user", { users: 1.5 }, "users"],
    ["a field nobody knows", { rank: 1 }, ""],
  ])("%s", (_title, wrong, path) => {
    const { error } = EntryPointDraft.safeParse({ ...draft, ...wrong });
    expect(error?.issues[0]?.path.join(".")).toBe(path);
  });

  test.each([
    [
      "two chosen",
      [
        { ...draft, chosen: true },
        { ...draft, title: "B", chosen: true },
      ],
      "1.chosen",
    ],
    ["two of one title, whatever their case", [draft, { ...draft, title: "DESK" }], "1.title"],
    ["thirteen candidates", Array.from({ length: 13 }, (_, n) => ({ ...draft, title: `C ${n}` })), ""],
  ])("a list with %s is refused", (_title, drafts, path) => {
    const { error } = EntryPointDrafts.safeParse(drafts);
    expect(error?.issues[0]?.path.join(".")).toBe(path);
  });

  test.each(["'; DROP TABLE EntryPoint; --", "<img src=x onerror=alert(1)>", "{{7*7}} $(id)", "naïve 漢字"])(
    "the title %s is a title like any other",
    (title) => {
      expect(EntryPointDraft.parse({ ...draft, title }).title).toBe(title);
    },
  );

  test("an empty file of candidates is no file", () => {
    expect(EntryPointsFile.safeParse({ schemaVersion: 1, entryPoints: [] }).success).toBe(false);
  });
});

test("a body nobody touched is the blank one, and misses everything", () => {
  expect(EntryBody.parse(BLANK_ENTRY)).toEqual(BLANK_ENTRY);
  expect(listMissing(BLANK_ENTRY)).toEqual(["scope", "owner", "business", "technical"]);
  expect(Zone.options).toHaveLength(4);
});
