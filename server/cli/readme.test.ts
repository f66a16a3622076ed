import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "./commands.ts";

const readme = readFileSync("README.md", "utf8");
const terminal = readFileSync("docs/terminal.md", "utf8");
const scripts = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).scripts);

test("every npm command in the README exists", () => {
  const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)].map((match) => match[1] ?? "");
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

test("the README and the reference name every command of the terminal, and no other", () => {
  const shown = (text: string, pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].map((match) => match[1]));
  const known = new Set(Object.keys(commands).filter((name) => name !== "contracts"));
  expect(shown(readme, /pilotage -- ([a-z-]+)/g)).toEqual(known);
  expect(shown(terminal, /^\| `([a-z-]+) /gm)).toEqual(known);
});

test("every variable in the README's table is read by the program", () => {
  const source = readFileSync("server/env.ts", "utf8") + readFileSync("server/launch/serve.mjs", "utf8");
  const tests = readFileSync("server/testing/read-vectors.ts", "utf8");
  const variables = [...readme.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].flatMap(
    (match) => match[1]?.match(/[A-Z_]+/g) ?? [],
  );
  expect(variables.length).toBe(6);
  expect(variables.filter((name) => !(source + tests).includes(name))).toEqual([]);
});

test("every link and picture in the README leads somewhere", () => {
  const paths = [
    ...(readme + terminal.replaceAll("](terminal", "](docs/terminal").replaceAll("](../", "](")).matchAll(
      /\]\(([^)#:]+)\)/g,
    ),
  ];
  expect(paths.map((match) => match[1] ?? "").filter((path) => !existsSync(path))).toEqual([]);
});
