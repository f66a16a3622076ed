import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { createTranslator, IntlErrorCode } from "use-intl/core";
import { expect, test } from "vitest";
import { en } from "./en.data.ts";
import { defaultLocale } from "./schema.ts";

const files = ["app", "server", "prisma"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/generated\/|^server\/messages\//.test(path))
  .sort();
const parsed = new Map(files.map((file) => [file, parse(file)]));
const entries = listEntries(en);

test("the test sees the whole house", () => {
  expect(files.length).toBeGreaterThan(250);
  expect(entries.length).toBeGreaterThan(500);
});

test("every message can be read", () => {
  const broken: string[] = [];
  const say = createTranslator({
    locale: defaultLocale,
    messages: en as unknown as Record<string, string>,
    // Without its values a message cannot be said; that it can be read is all that is asked here.
    onError: (error) => {
      if (error.code === IntlErrorCode.INVALID_MESSAGE) broken.push(error.message);
    },
  });
  for (const { room, key } of entries) say(`${room}.${key}`);
  expect(broken).toEqual([]);
});

/** What people read and no language changes. */
const SAME_EVERYWHERE: { text: RegExp; because: string }[] = [
  { text: /^(· )?Pilotage$/, because: "the brand" },
  { text: /^%s · Pilotage$/, because: "the brand behind every title" },
  { text: /^(SVG|PNG|XLSX|CSV|JSON|iCalendar|Markdown|PDF)$/, because: "names of file formats" },
  { text: /^(ms|s|min|h|B|kB|MB|GB|%|EUR|USD|GFLOP\/s|GB\/s|W|°C)$/, because: "units" },
  { text: /^U$/, because: "a key of the keyboard" },
  { text: /^[[{].*[\]}]$/, because: "JSON, as an example to copy" },
  { text: /^https?:\/\/\S+$/, because: "an address" },
];
/** Names a kind; the mark itself says the word of the catalogue. */
const KINDS = /^ProvenanceMark source$/;
/** Attributes, properties of objects and props whose value people read or hear. */
const READ_OUT =
  /^(aria-(label|description|valuetext|roledescription)|title|placeholder|alt|label|caption|lead|question|hint|head|legend|reading|source|summary|description|what|detail|message|data-head)$/;
/** Their text is code, typed by people or written by programs. */
const CODE = new Set(["code", "kbd", "pre", "samp", "style", "script"]);

test("no page has a sentence of its own: all come from the catalogue", () => {
  const found = files
    .filter((file) => file.startsWith("app/") && file.endsWith(".tsx"))
    .flatMap((file) =>
      listLiterals(sourceOf(file))
        .filter(({ text }) => isWording(text))
        .map(({ line, text }) => `${file}:${line} says "${text}": put it into server/messages/en.`),
    );
  expect(found).toEqual([]);
});

test("no error has a sentence of its own", () => {
  const found = files.flatMap((file) =>
    listErrors(sourceOf(file))
      .flatMap((error) => listLiterals(sourceOf(file), error))
      .filter(({ text }) => isWording(text))
      .map(
        ({ line, text }) => `${file}:${line} says "${text}": put it into server/messages/en/errors.data.ts.`,
      ),
  );
  expect(found).toEqual([]);
});

test("every sentence of the catalogue is said somewhere", () => {
  const speakers = files.map((file) => ({ rooms: roomsOf(file), keys: listKeys(sourceOf(file)) }));
  const silent = entries
    .filter(
      ({ room, key }) =>
        !speakers.some(
          ({ rooms, keys }) =>
            rooms.has(room) && (keys.whole.has(key) || keys.patterns.some((pattern) => pattern.test(key))),
        ),
    )
    .map(({ room, key }) => `${room}.${key} is never said: delete it.`);
  expect(silent).toEqual([]);
});

function isWording(text: string): boolean {
  return /\p{L}/u.test(text) && !SAME_EVERYWHERE.some((same) => same.text.test(text));
}

function listEntries(messages: object): { room: string; key: string }[] {
  return Object.entries(messages).flatMap(([room, words]) => listPaths(words).map((key) => ({ room, key })));
}

function listPaths(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [""];
  return Object.entries(value).flatMap(([key, inner]) =>
    listPaths(inner).map((rest) => (rest === "" ? key : `${key}.${rest}`)),
  );
}

/** Text between tags and text given to an attribute or property that people read, also inside of choices. */
function listLiterals(source: ts.SourceFile, from: ts.Node = source): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  visit(from);
  return found;

  function visit(node: ts.Node): void {
    if (ts.isJsxElement(node) && CODE.has(node.openingElement.tagName.getText(source))) return;
    if (ts.isJsxText(node)) add(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      addValue(node.expression);
    if (ts.isJsxAttribute(node) && isReadOut(node)) addAttribute(node.initializer);
    if (ts.isPropertyAssignment(node) && READ_OUT.test(node.name.getText(source))) addValue(node.initializer);
    if (isError(node, source) && node.arguments?.[2]) addValue(node.arguments[2]);
    ts.forEachChild(node, visit);
  }

  function isReadOut(attribute: ts.JsxAttribute): boolean {
    const name = attribute.name.getText(source);
    return READ_OUT.test(name) && !KINDS.test(`${attribute.parent.parent.tagName.getText(source)} ${name}`);
  }

  function addAttribute(value: ts.JsxAttributeValue | undefined): void {
    if (value === undefined) return;
    if (ts.isJsxExpression(value)) value.expression && addValue(value.expression);
    else addValue(value as ts.Expression);
  }

  function addValue(value: ts.Expression): void {
    if (ts.isStringLiteralLike(value)) add(value, value.text);
    if (ts.isTemplateExpression(value)) {
      add(value, [value.head.text, ...value.templateSpans.map((span) => span.literal.text)].join(" "));
      for (const span of value.templateSpans) addValue(span.expression);
    }
    if (ts.isParenthesizedExpression(value) || ts.isAsExpression(value) || ts.isSatisfiesExpression(value))
      addValue(value.expression);
    if (ts.isConditionalExpression(value)) {
      addValue(value.whenTrue);
      addValue(value.whenFalse);
    }
    if (ts.isBinaryExpression(value)) {
      const { kind } = value.operatorToken;
      if (/^(\|\||&&|\?\?|\+)$/.test(ts.tokenToString(kind) ?? "")) {
        if (kind !== ts.SyntaxKind.AmpersandAmpersandToken) addValue(value.left);
        addValue(value.right);
      }
    }
  }

  function add(node: ts.Node, text: string): void {
    const said = text.replace(/\s+/g, " ").trim();
    if (said === "") return;
    found.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, text: said });
  }
}

function listErrors(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  visit(source);
  return found;

  function visit(node: ts.Node): void {
    if (isError(node, source)) found.push(node);
    else ts.forEachChild(node, visit);
  }
}

function isError(node: ts.Node, source: ts.SourceFile): node is ts.NewExpression {
  return ts.isNewExpression(node) && node.expression.getText(source) === "PilotageError";
}

/** Keys as they stand where something is said, `status.tie`, and templates as patterns: `status.${status}`. */
function listKeys(source: ts.SourceFile): { whole: Set<string>; patterns: RegExp[] } {
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  visit(source, false);
  return { whole, patterns };

  function visit(node: ts.Node, isSaid: boolean): void {
    // A key may be chosen apart from where it is said, but then it has its group before it or is a type.
    if (
      ts.isStringLiteralLike(node) &&
      (isSaid || node.text.includes(".") || ts.isLiteralTypeNode(node.parent))
    )
      whole.add(node.text);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
      if (parts.every((part) => /^[\w.]*$/.test(part)) && parts.some((part) => part.includes(".")))
        patterns.push(new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join(".+")}$`));
    }
    // The page that stands in for a failed frame takes its words by hand: `common.failure.title`.
    if (ts.isPropertyAccessExpression(node)) {
      const [room = "", ...path] = node.getText(source).split(".");
      if (source.text.includes(`messages/en/${room}.data`)) whole.add(path.join("."));
    }
    const says =
      ts.isCallExpression(node) &&
      /(^|\.)say\w*(\.(rich|markup|raw|has))?$/i.test(node.expression.getText(source));
    const calls = ts.isCallExpression(node) && /sayRoom\(/.test(node.expression.getText(source));
    ts.forEachChild(node, (child) => visit(child, isSaid || says || calls));
  }
}

/** The rooms a file speaks in: named in it, or in the file from which it takes the type of its words. */
function roomsOf(file: string): Set<string> {
  const text = read(file);
  const named = [
    ...text.matchAll(
      /(?:readWords|useWords|sayRoom|SayOf|WordsProvider)\s*[<(]\s*"([a-z]+)"|sayIn(?:<[^>]*>)?\([^)]*"([a-z]+)"|messages\/en\/([a-z]+)\.data/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  const taken = [...text.matchAll(/^import\s[^;]*?\b(?:\w*Words|Say\w*)\b[^;]*?from "([^"]+)"/gm)].flatMap(
    (match) => {
      const target = resolveImport(file, match[1] ?? "");
      return parsed.has(target) && !target.startsWith("app/_words/") ? [...roomsOf(target)] : [];
    },
  );
  return new Set([...named, ...taken]);
}

function resolveImport(file: string, specifier: string): string {
  return specifier.startsWith("#") ? specifier.slice(1) : join(file, "..", specifier);
}

function sourceOf(file: string): ts.SourceFile {
  return parsed.get(file) ?? parse(file);
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
