import * as z from "zod";
import type { JobEventBody } from "./job-schema.ts";

/** Escape sequences of terminals, and every control character but the tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
const unprintable = /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;
const lineLimit = 1_000;

/** One line of `--progress json`. Other keys may come later and are passed over. */
const ProgressLine = z.object({
  phase: z.string().min(1).max(60),
  done: z.int().min(0).optional(),
  total: z.int().min(0).optional(),
  message: z.string().optional(),
});

/**
 * What a line of a pilot's stderr means: `{"phase": "load", "done": 3, "total": 10}` is progress, the same without
 * numbers begins a phase, its `message` and anything else is log. An empty line says nothing.
 */
export function readProgress(line: string): JobEventBody[] {
  const parsed = line.startsWith("{") ? ProgressLine.safeParse(parseJson(line)) : null;
  if (!parsed?.success) return toLog(line);
  const { phase, done, total, message } = parsed.data;
  const moved: JobEventBody =
    done === undefined || total === undefined
      ? { kind: "phase", phase }
      : { kind: "progress", phase, done, total };
  return [moved, ...toLog(message ?? "")];
}

function toLog(line: string): JobEventBody[] {
  const text = line.replace(unprintable, "").trimEnd();
  if (text === "") return [];
  return [{ kind: "log", line: text.length > lineLimit ? `${text.slice(0, lineLimit - 1)}…` : text }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
