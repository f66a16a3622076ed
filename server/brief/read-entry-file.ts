import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { EntryPointsFile } from "./entry-schema.ts";

const say = sayRoom("errors");

/**
 * A document from outside -> candidates. The first problem is the error, all of them are its data.
 * @throws PilotageError ENTRY_FILE with the place
 */
export function readEntryFile(document: unknown): EntryPointsFile {
  const parsed = EntryPointsFile.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  const [first] = problems;
  const fields = Object(document) as { schemaVersion?: unknown; project?: unknown };
  const isNewer = typeof fields.schemaVersion === "number" && fields.schemaVersion > 1;
  const kind = isNewer ? "newer" : fields.project !== undefined ? "project" : null;
  throw new PilotageError(
    "invalid",
    "ENTRY_FILE",
    kind
      ? say(`ENTRY_FILE.${kind}`)
      : say("INVALID.issue", { place: first?.path || say("INVALID.file"), issue: first?.message ?? "" }),
    {
      ...(first?.path ? { path: first.path } : {}),
      hint: say(kind ? `ENTRY_FILE.${kind}Hint` : "ENTRY_FILE.hint"),
      data: problems,
    },
  );
}
