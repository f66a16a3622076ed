/**
 * Python writes NaN and Infinity into JSON, which JSON does not have; a parser then says "unexpected token" and
 * nobody knows which metric it was. Walks the text and gives the JSON pointer of the first such value, else null.
 */
export function findNonFinite(text: string): { pointer: string; token: string } | null {
  const path: (string | number)[] = [];
  const inObject: boolean[] = [];
  let key: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (c === '"') {
      const end = endOfString(text, at);
      // Only the last string before a colon is a key; one that is a value is overwritten by the next.
      key = text.slice(at, end + 1);
      at = end;
    } else if (c === ":" && key !== null && inObject.at(-1)) {
      path[path.length - 1] = parseKey(key);
    } else if (c === "{" || c === "[") {
      inObject.push(c === "{");
      path.push(c === "{" ? "" : 0);
    } else if (c === "}" || c === "]") {
      inObject.pop();
      path.pop();
    } else if (c === "," && inObject.at(-1) === false) {
      path[path.length - 1] = Number(path.at(-1)) + 1;
    } else if (c === "N" || c === "I") {
      const token = /^(?:NaN|Infinity)/.exec(text.slice(at, at + 8))?.[0];
      if (token === undefined) return null;
      return { pointer: toPointer(path), token: text[at - 1] === "-" ? `-${token}` : token };
    }
  }
  return null;
}

/** RFC 6901: `/metrics/0/value`; tilde and slash in keys are escaped. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function parseKey(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
