import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { exportTeamFile } from "./team-export.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-export-"));
const ask = (over: Partial<Parameters<typeof exportTeamFile>[0]>) =>
  exportTeamFile({ project: undefined, format: undefined, role: undefined, out: undefined, ...over });

test("the work sample needs no project, and its answer sheet is another file", async () => {
  const out = join(folder, "sample.zip");
  const { bytes, sha256 } = await ask({ format: "work-sample", out });
  const written = readFileSync(out);
  expect(written.length).toBe(bytes);
  const paths = Object.keys(unzipSync(written));
  expect(paths).toContain("README.md");
  expect(paths.filter((path) => /answer.*\.md/i.test(path))).toEqual([]);
  const again = await ask({ format: "work-sample", out: join(folder, "again.zip") });
  expect(again.sha256).toBe(sha256);
  await ask({ format: "work-sample-answers", out: join(folder, "answers.md") });
  expect(readFileSync(join(folder, "answers.md"), "utf8")).toContain("For interviewers.");
});

test.each([
  ["no format", { out: "x" }, "USAGE"],
  ["an unknown format", { format: "docx", out: "x", project: `prj_${"0".repeat(26)}` }, "USAGE"],
  ["no project", { format: "pdf", out: "x" }, "USAGE"],
  ["a project that is no id", { format: "pdf", out: "x", project: "Claims desk" }, "USAGE"],
  ["nowhere to write to", { format: "work-sample" }, "USAGE"],
  [
    "a folder that is not there",
    { format: "work-sample-answers", out: join(folder, "no", "x.md") },
    "OUT_UNWRITABLE",
  ],
])("%s is refused by name", async (_title, over, code) => {
  await expect(ask(over)).rejects.toMatchObject({ code });
});

test("a file that is there stays as it is", async () => {
  const out = join(folder, "kept.md");
  await ask({ format: "work-sample-answers", out });
  await expect(ask({ format: "work-sample-answers", out })).rejects.toMatchObject({ code: "OUT_EXISTS" });
});
