import type * as z from "zod";
import { checkAnswers } from "#server/brief/check-answers.ts";
import { ProjectKind } from "#server/brief/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { PROJECT_FILE_VERSION, ProjectFile } from "./project-file-schema.ts";

const say = sayRoom("errors");

/**
 * A document from outside -> a project whose answers stand in the catalogue. The first problem is the error, all of
 * them are its data.
 * @throws PilotageError UNKNOWN_FIELD, REQUIRED, DATE_INVALID, ANSWER_INVALID, … with the path
 */
export function readProjectFile(document: unknown): ProjectFile {
  refuseForeign(document);
  const parsed = ProjectFile.safeParse(document);
  if (!parsed.success) throw refuse(parsed.error.issues.map(describeIssue));
  const checked = checkAnswers(parsed.data.answers);
  if (!checked.ok) {
    throw refuse(
      checked.issues.map(({ code, path, message, hint }) => ({
        code,
        path: path ? `answers.${path}` : "answers",
        message,
        ...(hint ? { hint } : {}),
      })),
    );
  }
  return { ...parsed.data, answers: checked.answers };
}

/** Other files of ours by a field that only they have, and where each of them belongs. */
const FOREIGN = [
  ["runId", "report"],
  ["rules", "rules"],
  ["skills", "skills"],
  ["targets", "pilot"],
  ["entryPoints", "entryPoints"],
] as const;

/** What cannot be a project file is told by what it is, not by the first field it lacks. */
function refuseForeign(document: unknown): void {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const message = say("PROJECT_INVALID.notAnObject");
    throw new PilotageError("invalid", "PROJECT_INVALID", message, { hint: say("PROJECT_INVALID.hint") });
  }
  const { schemaVersion } = document as { schemaVersion?: unknown };
  const isOurs = "project" in document || "answers" in document;
  if (isOurs && typeof schemaVersion === "number" && schemaVersion > PROJECT_FILE_VERSION) {
    const versions = { theirs: String(schemaVersion), ours: String(PROJECT_FILE_VERSION) };
    throw new PilotageError("invalid", "PROJECT_NEWER", say("PROJECT_NEWER.said", versions), {
      path: "schemaVersion",
      hint: say("PROJECT_NEWER.hint"),
    });
  }
  const foreign = FOREIGN.find(([field]) => field in document)?.[1];
  if (isOurs || foreign === undefined) return;
  throw new PilotageError("invalid", "PROJECT_FOREIGN", say(`PROJECT_FOREIGN.${foreign}`), {
    hint: say("PROJECT_INVALID.hint"),
  });
}

/** What kind of project it is: said outright, or by the answer to the question. */
export function kindOfFile({ project, answers }: ProjectFile): ProjectKind {
  const kind = project.kind ?? ProjectKind.safeParse(answers.project).data;
  if (kind) return kind;
  throw new PilotageError("invalid", "KIND_UNKNOWN", say("KIND_UNKNOWN.file"), {
    path: "project.kind",
    hint: say("KIND_UNKNOWN.fileHint", { kinds: ProjectKind.options.join(", ") }),
  });
}

type Problem = { code: string; path: string; message: string; hint?: string };

function refuse(problems: Problem[]): PilotageError {
  const [first] = problems;
  const more = problems.length > 1 ? say("PROJECT_INVALID.more", { count: problems.length - 1 }) : undefined;
  const hint = first?.hint ?? more;
  return new PilotageError(
    "invalid",
    first?.code ?? "PROJECT_INVALID",
    first?.message ?? say("PROJECT_INVALID.said"),
    {
      ...(first?.path ? { path: first.path } : {}),
      ...(hint ? { hint } : {}),
      data: problems,
    },
  );
}

function describeIssue(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.join(".");
  if (issue.code === "custom") {
    const code = typeof issue.params?.code === "string" ? issue.params.code : "INVALID";
    return { code, path, message: issue.message };
  }
  if (issue.code === "unrecognized_keys") {
    const field = issue.keys[0] ?? "";
    const message = path
      ? say("UNKNOWN_FIELD.projectIn", { field, path })
      : say("UNKNOWN_FIELD.project", { field });
    return { code: "UNKNOWN_FIELD", path, message };
  }
  const isMissing = issue.code === "invalid_type" && /received undefined/.test(issue.message);
  return {
    code: isMissing ? "REQUIRED" : "INVALID",
    path,
    message: say("INVALID.issue", { place: path || say("INVALID.file"), issue: issue.message }),
  };
}
