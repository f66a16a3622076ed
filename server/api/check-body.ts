import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

export type BodyProblem = { code: "BODY_NOT_JSON" | "BODY_TOO_DEEP" | "KEY_NOT_ALLOWED"; message: string };

/** Deep enough for a report, shallow enough that no reader of a value can run out of stack. */
export const depthLimit = 32;

const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/** Looks at a request body before anything reads its values. @returns null when it may go on */
export function findBodyProblem(text: string): BodyProblem | null {
  if (measureDepth(text) > depthLimit) {
    return { code: "BODY_TOO_DEEP", message: say("BODY_TOO_DEEP.request", { most: String(depthLimit) }) };
  }
  let forbidden: string | undefined;
  try {
    JSON.parse(text, (key, value) => {
      if (forbiddenKeys.has(key)) forbidden = key;
      return value;
    });
  } catch (error) {
    return { code: "BODY_NOT_JSON", message: sayPlace(text, error) };
  }
  if (forbidden === undefined) return null;
  return { code: "KEY_NOT_ALLOWED", message: say("KEY_NOT_ALLOWED.report", { key: forbidden }) };
}

/** Without recursion: this is what protects the recursion of others. */
function measureDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{" || c === "[") deepest = Math.max(deepest, ++depth);
    else if (c === "}" || c === "]") depth--;
  }
  return deepest;
}

function sayPlace(text: string, error: unknown): string {
  const at = error instanceof Error ? error.message.match(/position (\d+)/)?.[1] : undefined;
  if (at === undefined) return say("BODY_NOT_JSON.request");
  const before = text.slice(0, Number(at)).split("\n");
  const column = String((before.at(-1)?.length ?? 0) + 1);
  return say("BODY_NOT_JSON.requestAt", { line: String(before.length), column });
}
