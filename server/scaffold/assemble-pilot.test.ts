import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DisplayName } from "#server/brief/schema.ts";
import { makeConfig } from "#server/testing/make-report.ts";
import { assemblePilot, type PilotFile } from "./assemble-pilot.ts";
import titles from "./hostile-titles.data.json" with { type: "json" };
import { RagPilotConfig as Config, type RagPilotConfig } from "./rag-schema.ts";
import type { HandoverInput } from "./render-handover.ts";

const template: { config: RagPilotConfig; files: PilotFile[] } = {
  config: makeConfig(),
  files: [
    { path: "Makefile", bytes: new TextEncoder().encode("setup:\n\t./setup.sh\n"), executable: false },
    { path: "pilot.json", bytes: new TextEncoder().encode("{}\n"), executable: false },
    { path: "setup.sh", bytes: new TextEncoder().encode("#!/bin/sh\n"), executable: true },
    { path: "src/rag_pilot/cli.py", bytes: new Uint8Array([0, 255, 10]), executable: false },
  ],
};

function assemble(title: string) {
  const handover: HandoverInput = {
    config: makeConfig({ title }),
    notExercised: [{ layer: "retrieval", pick: "managed_vector_db", why: "FAISS runs instead." }],
    decision: [{ layer: "api", status: "decided", pick: "py_fastapi" }],
    owners: [
      { role: "Machine learning engineer", share: "0.5 of a person", mission: "Makes answers right." },
    ],
    plan: { title, tasks: [] },
  };
  return assemblePilot(template, handover);
}

const textOf = (files: PilotFile[], path: string) =>
  new TextDecoder("utf-8", { fatal: true }).decode(files.find((file) => file.path === path)?.bytes);

describe("the handed-out pilot", () => {
  test("differs from the template in pilot.json and under handover only", () => {
    const { files } = assemble("Support");
    for (const original of template.files) {
      const handedOut = files.find((file) => file.path === original.path);
      if (original.path !== "pilot.json") expect(handedOut).toEqual(original);
    }
    const added = files.filter((file) => !template.files.some((own) => own.path === file.path));
    expect(added.map((file) => file.path)).toEqual([
      "handover/charter.md",
      "handover/decision.json",
      "handover/manifest.json",
      "handover/owners.md",
      "handover/plan.json",
      "handover/targets.json",
    ]);
  });

  test("lists every file but its own manifest, with size and hash", () => {
    const { files, manifest } = assemble("Support");
    expect(manifest.files.map((file) => file.path)).toEqual(
      files.map((file) => file.path).filter((path) => path !== "handover/manifest.json"),
    );
    expect(JSON.parse(textOf(files, "handover/manifest.json"))).toEqual(manifest);
    expect(manifest.files.find((file) => file.path === "setup.sh")).toMatchObject({
      bytes: 10,
      executable: true,
    });
  });

  test("has no file for what no earlier room knows", () => {
    const { files } = assemblePilot(template, {
      config: makeConfig(),
      notExercised: [],
      decision: [],
      owners: [],
      plan: null,
    });
    expect(files.map((file) => file.path).filter((path) => path.startsWith("handover/"))).toEqual([
      "handover/charter.md",
      "handover/manifest.json",
      "handover/targets.json",
    ]);
  });
});

describe("a hostile title", () => {
  const benign = assemble("Benign");

  /** Same files, same bytes, except string values that equal the title. */
  function checkInert(title: string): void {
    const { files } = assemble(title);
    expect(files.map((file) => [file.path, file.executable])).toEqual(
      benign.files.map((file) => [file.path, file.executable]),
    );
    for (const file of files) {
      const before = benign.files.find((own) => own.path === file.path);
      if (file.path.endsWith(".json") && file.path !== "handover/manifest.json") {
        const there = JSON.parse(textOf(files, file.path));
        expect(there).toEqual(replaceTitle(JSON.parse(textOf(benign.files, file.path)), title));
      } else if (file.path.endsWith(".md")) {
        expect(textOf(files, file.path).split("\n").length).toBe(
          textOf(benign.files, file.path).split("\n").length,
        );
      } else if (file.path !== "handover/manifest.json") {
        expect(file.bytes).toEqual(before?.bytes);
      }
    }
    expect(Config.parse(JSON.parse(textOf(files, "pilot.json"))).title).toBe(title);
    expect(textOf(files, "handover/charter.md")).toContain(title);
  }

  test.each(titles)("%j changes string values only and reads back unchanged", (title) => {
    expect(DisplayName.parse(title)).toBe(title);
    checkInert(title);
  });

  test("of any kind that a name may have changes string values only", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => DisplayName.safeParse(text).data === text);
    fc.assert(fc.property(name, checkInert), { numRuns: 300 });
  });

  test.each([
    ["a NUL", "a\u0000b"],
    ["a direction override", "a\u202Eb"],
    ["a zero-width joiner made to deceive", "pay\u200Bpal"],
    ["a line separator", "a\u2028b"],
    ["a line feed", "a\nb"],
  ])("with %s is refused", (_name, title) => {
    const parsed = DisplayName.safeParse(title);
    const codes = parsed.error?.issues.map((issue) =>
      issue.code === "custom" ? issue.params?.code : issue.code,
    );
    expect(codes).toEqual(["NAME_CHARACTERS"]);
  });
});

function replaceTitle(value: unknown, title: string): unknown {
  if (value === "Benign") return title;
  if (Array.isArray(value)) return value.map((item) => replaceTitle(item, title));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaceTitle(member, title)]));
}
