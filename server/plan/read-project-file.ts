import type * as z from "zod";
import { checkAnswers } from "#server/brief/check-answers.ts";
import { ProjectKind } from "#server/brief/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { ProjectFile } from "./schema.ts";

const say = sayRoom("errors");

/**
 * A document from outside -> a project whose answers stand in the catalogue. The first problem is the error, all of
 * them are its data.
 * @throws PilotageError UNKNOWN_FIELD, REQUIRED, DATE_INVALID, ANSWER_INVALID, … with the path
 */
export function readProjectFile(document: unknown): ProjectFile {
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
