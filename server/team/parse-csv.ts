import { sayRoom } from "#server/messages/say.ts";
import { type FileProblem, IMPORT_LIMITS, type ReadTables } from "./import-schema.ts";

const say = sayRoom("errors");
const sayTeam = sayRoom("team");

/**
 * A CSV from outside -> its rows (RFC 4180: comma, quotes doubled, any line end). It is not guessed at: a file that was
 * written otherwise is refused with the place, because a wrong guess would save wrong levels.
 */
export function parseCsv(bytes: Uint8Array): ReadTables {
  if (bytes.length === 0) return refuse("FILE_EMPTY", "", say("FILE_EMPTY.report"));
  if (bytes.length > IMPORT_LIMITS.bytes) return tooLarge();
  if (countLines(bytes) > IMPORT_LIMITS.rows) return tooManyRows();
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) return { ok: false, problems: [decoded.problem] };
  const { text } = decoded;
  const separator = findSeparator(text);
  if (separator !== ",") {
    const place = sayTeam("place.line", { line: "1" });
    const found = separator === ";" ? "semicolon" : separator === "\t" ? "tab" : "other";
    return refuse("CSV_SEPARATOR", place, say("CSV_SEPARATOR.said", { place, found }));
  }
  const split = splitRows(text);
  if (!split.ok) return { ok: false, problems: [split.problem] };
  const { rows, lines } = split;
  const width = rows[0]?.length ?? 0;
  const ragged = rows.flatMap((row, index): FileProblem[] => {
    if (row.length === width) return [];
    const place = sayTeam("place.line", { line: String(lines[index]) });
    const values = { place, count: row.length, expected: width };
    return [{ code: "CSV_RAGGED", path: place, message: say("CSV_RAGGED.said", values) }];
  });
  if (ragged.length > 0) return { ok: false, problems: ragged };
  return { ok: true, tables: [{ sheet: null, rows }] };
}

function refuse(code: string, path: string, message: string): { ok: false; problems: FileProblem[] } {
  return { ok: false, problems: [{ code, path, message }] };
}

export function tooLarge() {
  return refuse(
    "FILE_TOO_LARGE",
    "",
    say("FILE_TOO_LARGE.matrix", { most: IMPORT_LIMITS.bytes / 1024 / 1024 }),
  );
}

export function tooManyRows() {
  return refuse("ROWS_TOO_MANY", "", say("ROWS_TOO_MANY.said", { most: IMPORT_LIMITS.rows }));
}

const LINE_FEED = 10;

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (const byte of bytes) if (byte === LINE_FEED) lines++;
  return lines;
}

type Decoded = { ok: true; text: string } | { ok: false; problem: FileProblem };

function decodeUtf8(bytes: Uint8Array): Decoded {
  const [first = 0, second = 0] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark, text in UTF-16 shows as a zero beside every plain letter.
  if (isMarked || bytes.subarray(0, 64).includes(0)) {
    const message = say("CSV_ENCODING.utf16");
    return {
      ok: false,
      problem: { code: "CSV_ENCODING", path: sayTeam("place.line", { line: "1" }), message },
    };
  }
  try {
    // The decoder takes a byte order mark off by itself.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const nul = text.indexOf("\0");
    if (nul < 0) return { ok: true, text };
    return { ok: false, problem: encodingProblem(text.slice(0, nul)) };
  } catch {
    return { ok: false, problem: encodingProblem(readableStart(bytes)) };
  }
}

function encodingProblem(before: string): FileProblem {
  const lines = before.split("\n");
  const column = [...(lines.at(-1) ?? "")].length + 1;
  const place = sayTeam("place.character", { line: String(lines.length), column: String(column) });
  return { code: "CSV_ENCODING", path: place, message: say("CSV_ENCODING.notUtf8", { place }) };
}

/** The longest start that is UTF-8, found by halving. */
function readableStart(bytes: Uint8Array): string {
  let [good, bad] = [0, bytes.length];
  const isReadable = (end: number) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isReadable(middle)) good = middle;
    else bad = middle;
  }
  return new TextDecoder("utf-8").decode(bytes.subarray(0, good), { stream: true });
}

/** What parts the columns of the first line, outside of quotes. */
function findSeparator(text: string): string {
  const head = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (separator: string) => head.split(separator).length - 1;
  const found = [",", ";", "\t"].sort((a, b) => count(b) - count(a))[0] ?? ",";
  return count(found) > 0 ? found : " ";
}

type Split = { ok: true; rows: string[][]; lines: number[] } | { ok: false; problem: FileProblem };

function splitRows(text: string): Split {
  const rows: string[][] = [];
  const lines: number[] = [];
  let [row, cell, line, startedAt, quotedAt]: [string[], string, number, number, number] = [[], "", 1, 1, 0];
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    // A line without anything, as at the end of most files, is no row.
    if (row.length > 1 || row[0] !== "") {
      rows.push(row);
      lines.push(startedAt);
    }
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quotedAt > 0) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (character === '"') quotedAt = 0;
      else {
        if (character === "\n") line++;
        cell += character;
      }
    } else if (character === '"' && cell === "") quotedAt = line;
    else if (character === ",") endCell();
    else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at++;
      endRow();
      line++;
      startedAt = line;
    } else cell += character;
  }
  if (quotedAt > 0) {
    const place = sayTeam("place.line", { line: String(quotedAt) });
    return {
      ok: false,
      problem: { code: "CSV_QUOTE", path: place, message: say("CSV_QUOTE.said", { place }) },
    };
  }
  endRow();
  return { ok: true, rows, lines };
}
