import { describe, expect, it } from "vitest";
import { packArchive } from "./archive.ts";
import { applyEdits, assembleWorkSample } from "./assemble-work-sample.ts";
import { readTemplate } from "./read-template.ts";
import { WORK_SAMPLE } from "./work-sample.data.ts";
import { WORK_SAMPLE_ANSWERS, WORK_SAMPLE_FIX } from "./work-sample-answers.data.ts";

const template = await readTemplate("rag");
const textOf = (files: { path: string; bytes: Uint8Array }[], path: string) =>
  new TextDecoder().decode(files.find((file) => file.path === path)?.bytes);

describe("the work sample", () => {
  it("is the template of today, cut down, with one planted fault and the task in place of the README", () => {
    const files = assembleWorkSample(template);
    const paths = files.map(({ path }) => path);
    for (const keep of WORK_SAMPLE.keeps) {
      expect(paths.some((path) => path === keep || (keep.endsWith("/") && path.startsWith(keep)))).toBe(true);
    }
    expect(paths.filter((path) => /^(deploy|handover|\.github)\/|test_ingest/.test(path))).toEqual([]);
    const changed = files.filter((file) => textOf([file], file.path) !== textOf(template.files, file.path));
    expect(changed.map(({ path }) => path)).toEqual(["README.md", "src/rag_pilot/ingest.py"]);
  });

  it("is healed by the fix of the answer sheet, byte for byte", () => {
    const healed = applyEdits(assembleWorkSample(template), WORK_SAMPLE_FIX);
    for (const { path } of WORK_SAMPLE.faults)
      expect(textOf(healed, path)).toBe(textOf(template.files, path));
  });

  it("holds nothing of the answer sheet", () => {
    const everything = assembleWorkSample(template)
      .map((file) => textOf([file], file.path))
      .join("\n");
    const secrets = ["planted fault", "Answer sheet", ...WORK_SAMPLE_FIX.map(({ replace }) => replace)];
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    for (const { find } of WORK_SAMPLE_FIX) expect(WORK_SAMPLE_ANSWERS).toContain(find);
  });

  it("is the same archive every time", () => {
    const [one, two] = [0, 1].map(() => packArchive(assembleWorkSample(template)).sha256);
    expect(one).toBe(two);
  });

  it("says so when the template has moved on", () => {
    const without = { files: template.files.filter(({ path }) => path !== "src/rag_pilot/ingest.py") };
    expect(() => assembleWorkSample(without)).toThrow(expect.objectContaining({ code: "TEMPLATE_BROKEN" }));
  });
});
