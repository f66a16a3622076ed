import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const rooms = ["brief", "decision", "team", "plan", "scaffold", "benchmark", "dossier"];
const sideRooms = ["identity", "hardware", "messages", "paper"];
const sources = listSources(["app", "server", "prisma", "e2e"]);

test("the test sees the whole house", () => {
  expect(sources.length).toBeGreaterThan(120);
});

test("rooms look back, never ahead", () => {
  expect(
    eachImport((file, target) => {
      const from = rooms.indexOf(roomOf(file));
      const to = rooms.indexOf(roomOf(target));
      if (from < 0 || to <= from) return null;
      return `${file} imports ${target}: ${roomOf(file)} comes before ${roomOf(target)}. Move the code to ${roomOf(target)}, or let a router carry the value.`;
    }),
  ).toEqual([]);
});

test("side rooms know no story room", () => {
  expect(
    eachImport((file, target) =>
      sideRooms.includes(roomOf(file)) && rooms.includes(roomOf(target))
        ? `${file} imports ${target}: identity, hardware and messages stand beside the story. Hand the value in.`
        : null,
    ),
  ).toEqual([]);
});

test("a room does not know how it was called", () => {
  expect(
    eachImport((file, target) =>
      [...rooms, ...sideRooms].includes(roomOf(file)) && /^(app\/|server\/(api|cli|launch)\/)/.test(target)
        ? `${file} imports ${target}: a room is called by web and terminal alike. Put door code into server/api or server/cli.`
        : null,
    ),
  ).toEqual([]);
});

test("pages take values only from app and schemas", () => {
  const doors = /^app\/(_trpc\/server\.ts|_words\/(server\.ts|words-for\.tsx)|api\/)/;
  expect(
    eachImport((file, target, statement) => {
      if (!file.startsWith("app/") || doors.test(file)) return null;
      const typeOnly = statement.startsWith("import type") || statement.startsWith("export type");
      if (
        !target.startsWith("server/") ||
        typeOnly ||
        /^server\/([a-z]+\/schema|messages\/en\/common\.data)\.ts$/.test(target)
      )
        return null;
      return `${file} imports the value of ${target}: pages compose, they do not decide. Ask a procedure through app/_trpc, or import the type only.`;
    }),
  ).toEqual([]);
});

test("only stores touch the database", () => {
  const may =
    /(^|\/)([a-z-]+-)?store\.ts$|^server\/(db|db-sqlite|migrate)\.ts$|^server\/(testing|cli|launch)\/|^prisma\//;
  expect(
    sources
      .filter((file) => file.startsWith("server/") && !may.test(file) && !isTest(file))
      .filter((file) =>
        /\b(db|tx)\.(\$transaction|[a-z][A-Za-z]+\.(find|create|update|delete|count|upsert|aggregate))/.test(
          read(file),
        ),
      )
      .filter((file) => !/^app\/api\/health/.test(file))
      .map((file) => `${file} queries the database: move the query into the room's store.ts.`),
  ).toEqual([]);
});

test("only env.ts reads the environment", () => {
  const may = /^server\/(env\.ts|launch\/|testing\/|cli\/)|^prisma\/|^e2e\/|^proxy\.ts$/;
  expect(
    sources
      .filter((file) => !may.test(file) && !isTest(file) && /process\.env\b/.test(read(file)))
      .filter((file) => !/-executor\.ts$|\/(install|find)-[a-z-]+\.ts$/.test(file))
      .map((file) => `${file} reads process.env: add the variable to server/env.ts.`),
  ).toEqual([]);
});

test("a pure rule has no clock, chance, database, files or waiting", () => {
  const impure = [
    /\bDate\.now\(/,
    /\bnew Date\(\)/,
    /\bMath\.random\(/,
    /from "(node:(fs|child_process|net|http|os)|#server\/untraced-files)/,
    /\basync\b/,
    /\bfetch\(/,
  ];
  expect(
    sources
      .filter((file) => isRule(file))
      .flatMap((file) => {
        const found = impure.find((pattern) => pattern.test(withoutComments(read(file))));
        return found
          ? [
              `${file} is named like a rule but matches ${found}: hand the value in, or name the file for the door it is.`,
            ]
          : [];
      }),
  ).toEqual([]);
});

test("files say what they do", () => {
  expect(
    sources
      .filter((file) => /(^|\/)(utils?|helpers?|types|misc|common|lib|index)\.tsx?$/.test(file))
      .map((file) => `${file}: name it after the noun it is about, or keep the code where it is used.`),
  ).toEqual([]);
});

test("a file stays readable in one sitting", () => {
  expect(
    sources
      .filter((file) => !/\.data\.ts$/.test(file))
      .map((file) => ({ file, lines: read(file).split("\n").length }))
      .filter(({ lines }) => lines > 300)
      .map(
        ({ file, lines }) =>
          `${file} has ${lines} lines (ceiling 300): make a narrower role, not a part two.`,
      ),
  ).toEqual([]);
});

test("there is one door for writing: no Server Actions", () => {
  expect(sources.filter((file) => /^\s*["']use server["']/m.test(read(file)))).toEqual([]);
});

function eachImport(judge: (file: string, target: string, statement: string) => string | null): string[] {
  return sources
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export)\b[^;]*?from\s+"([^"]+)"/gm)].flatMap((match) => {
        const target = resolveImport(file, match[1] ?? "");
        const problem = target ? judge(file, target, match[0]) : null;
        return problem ? [problem] : [];
      }),
    );
}

function resolveImport(file: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? join(file, "..", specifier) : null;
}

function roomOf(file: string): string {
  return file.match(/^server\/([a-z]+)\//)?.[1] ?? "";
}

/** `<verb>-<noun>.ts` inside a story room, but for the doors to files and processes, which are named for what they do. */
function isRule(file: string): boolean {
  const name = file.match(
    /^server\/(?:brief|decision|team|plan|benchmark|dossier|scaffold)\/([a-z]+-[a-z-]+)\.ts$/,
  )?.[1];
  return (
    name !== undefined &&
    !/^(read|write|load|run|measure|isolate|unpack|install|prepare|find-data|list)-|-(store|executor|schema|xlsx|archive|environment)$/.test(
      name,
    )
  );
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith("server/testing/");
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

function listSources(folders: string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("prisma/generated/"))
    .sort();
}
