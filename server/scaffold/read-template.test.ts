import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { packArchive } from "./archive.ts";
import { assemblePilot } from "./assemble-pilot.ts";
import { readTemplate } from "./read-template.ts";

test("the template holds what git would ship, and nothing that a tool left behind", async () => {
  const { files } = await readTemplate("rag");
  const shipped = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "."], {
    cwd: "pilot-templates/rag",
    encoding: "utf8",
  });
  expect(files.map((file) => file.path)).toEqual(shipped.trim().split("\n").sort());
});

test("no template file carries a secret or templating syntax in its path", async () => {
  const { files } = await readTemplate("rag");
  expect(files.filter(({ path }) => !/^[A-Za-z0-9._/-]+$/.test(path))).toEqual([]);
  expect(files.filter(({ path }) => /(^|\/)\.env$|\.pem$|id_rsa/.test(path))).toEqual([]);
});

test("the same choices pack to the same bytes each time", async () => {
  const template = await readTemplate("rag");
  const pack = () =>
    packArchive(
      assemblePilot(template, {
        config: template.config,
        notExercised: [],
        decision: [],
        owners: [],
        plan: null,
      }).files,
    ).sha256;
  expect(new Set([pack(), pack(), pack()]).size).toBe(1);
});
