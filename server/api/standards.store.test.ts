import { expect, test } from "vitest";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { newId } from "#server/new-id.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

onBothDatabases("what a workspace decides and measures by", (database) => {
  const setUp = () => {
    const { db, owner } = database();
    const api = callAs(db, owner, () => new Date("2026-11-20T12:00:00Z"));
    return { db, owner, api };
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "accepted",
      (error) => error.cause?.code ?? error.code,
    );
  const raised = (version: string) =>
    JSON.stringify({
      ...SKILL_CATALOGUE,
      version,
      overlays: SKILL_CATALOGUE.overlays.map((overlay) => ({
        ...overlay,
        rows: overlay.rows.map((row) => (row.skillId === "S24" ? { ...row, level: 4 } : row)),
      })),
    });

  test("a published catalogue is what the matrix is measured by, and says what it changes first", async () => {
    const { api } = setUp();
    const { id: projectId } = await api.brief.createProject({
      name: `Desk ${newId("prj")}`,
      presetId: "rag_support",
    });
    const needed = async () =>
      (await api.team.read({ projectId })).report?.requirements.find(({ skillId }) => skillId === "S24")
        ?.level;
    expect(await needed()).toBe(2);
    const checked = await api.standards.check({ which: "skills", text: raised("1.1.0") });
    expect(checked.differences).toContainEqual({
      path: "overlays.rag.rows.S24.level",
      before: "2",
      after: "4",
    });
    expect(await needed()).toBe(2);
    await api.standards.publish({ which: "skills", text: raised("1.1.0") });
    expect(await needed()).toBe(4);
    expect((await api.standards.read()).skills).toMatchObject({ version: "1.1.0", shipped: "1.0.0" });
    expect(await codeOf(api.standards.publish({ which: "skills", text: raised("1.1.0") }))).toBe(
      "VERSION_TAKEN",
    );
  });

  test("a rule set shows which picks it would change before anybody publishes it", async () => {
    const { api } = setUp();
    const { id: projectId } = await api.brief.createProject({
      name: `Desk ${newId("prj")}`,
      presetId: "rag_support",
    });
    const rules = RULE_SET.rules.filter((rule) => rule.layer !== "api" || rule.kind !== "score");
    const text = JSON.stringify({ ...RULE_SET, version: "1.2.0", rules });
    const { decisions } = await api.standards.check({ which: "rules", text });
    expect(decisions).toContainEqual(
      expect.objectContaining({ projectId, layer: "api", before: ["py_fastapi"] }),
    );
    expect((await api.standards.read()).rules.version).toBe(RULE_SET.version);
  });

  const overdue = RULE_SET.rules.map((rule, at) => (at === 0 ? { ...rule, reviewBy: "2026-01-01" } : rule));
  test.each([
    ["text that is not JSON", "rules", "{", "BODY_NOT_JSON"],
    ["an empty document", "rules", "{}", "RULE_SET_INVALID"],
    ["another rule set", "rules", JSON.stringify({ ...RULE_SET, id: "other" }), "RULE_SET_INVALID"],
    [
      "a rule past its review date",
      "rules",
      JSON.stringify({ ...RULE_SET, version: "1.2.0", rules: overdue }),
      "RULE_OVERDUE",
    ],
    ["the version that ships", "rules", JSON.stringify(RULE_SET), "VERSION_TAKEN"],
    [
      "a catalogue with a strange skill",
      "skills",
      raised("1.2.0").replaceAll('"S24"', '"S100"'),
      "CATALOGUE_INVALID",
    ],
    ["a lower version", "skills", raised("0.9.0"), "VERSION_NOT_HIGHER"],
    ["the catalogue that ships", "skills", JSON.stringify(SKILL_CATALOGUE), "VERSION_NOT_HIGHER"],
  ] as const)("%s is refused and nothing is published", async (_, which, text, code) => {
    const { api } = setUp();
    const before = await api.standards.read();
    expect(await codeOf(api.standards.publish({ which, text }))).toBe(code);
    expect(await api.standards.read()).toEqual(before);
  });

  const draft = (over: object = {}) => ({
    which: "rules" as const,
    draft: {
      base: RULE_SET.version,
      version: "1.2.0",
      note: "Our gateway copes with less.",
      edits: [{ rule: "PLT-3", thresholds: { peak_rps: 20 } }],
      ...over,
    },
  });

  test.each([
    ["a rule that does not exist", { edits: [{ rule: "XYZ-9", weight: 2 }] }, "RULE_SET_INVALID"],
    ["an effect out of range", { edits: [{ rule: "API-4", effects: { go: 11 } }] }, "BAD_REQUEST"],
    ["a weight of nothing", { edits: [{ rule: "API-4", weight: 0 }] }, "BAD_REQUEST"],
    [
      "a threshold the rule does not read",
      { edits: [{ rule: "API-4", thresholds: { corpus: 5 } }] },
      "RULE_SET_INVALID",
    ],
    ["a review date in the past", { edits: [{ rule: "API-4", reviewBy: "2026-01-01" }] }, "RULE_OVERDUE"],
    ["no word on why", { note: " " }, "BAD_REQUEST"],
    ["a lower version", { version: "0.9.0" }, "VERSION_NOT_HIGHER"],
    ["a version that somebody replaced meanwhile", { base: "0.9.9" }, "RULES_MOVED"],
  ])("an edit with %s is refused and nothing is published", async (_, over, code) => {
    const { api } = setUp();
    expect(await codeOf(api.standards.publish(draft(over)))).toBe(code);
    expect((await api.standards.read()).rules.version).toBe(RULE_SET.version);
  });

  test("an owner edits a threshold, sees the picks it changes, and it is in force once published", async () => {
    const { api } = setUp();
    const { id: projectId } = await api.brief.createProject({
      name: `Gateway ${newId("prj")}`,
      presetId: "rag_support",
    });
    await api.brief.saveAnswer({ projectId, questionId: "peak_rps", value: 30 });
    const { decisions, differences } = await api.standards.check(draft());
    expect(differences.map(({ path }) => path)).toContain("rules.PLT-3.thresholds.peak_rps.value");
    expect(decisions).toContainEqual(expect.objectContaining({ projectId, layer: "platform" }));
    await api.standards.publish(draft());
    const { version, changelog, rules } = await api.standards.rules();
    expect(version).toBe("1.2.0");
    expect(changelog.at(-1)).toBe("1.2.0: Our gateway copes with less.");
    expect(rules.find(({ id }) => id === "PLT-3")?.thresholds).toMatchObject([
      { value: 20, provenance: "user" },
    ]);
  });

  test("only an owner publishes; everybody may read", async () => {
    const { db, owner } = setUp();
    const editor = callAs(db, { ...owner, role: "editor" });
    expect(await codeOf(editor.standards.publish({ which: "skills", text: raised("3.0.0") }))).toBe(
      "FORBIDDEN",
    );
    expect(await codeOf(editor.standards.read())).toBe("accepted");
  });
});
