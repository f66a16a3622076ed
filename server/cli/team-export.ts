import { writeFile } from "node:fs/promises";
import { loadHiring } from "#server/api/load-hiring.ts";
import { TEAM_FORMATS, writeTeamFile } from "#server/api/write-team-files.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { packArchive } from "#server/scaffold/archive.ts";
import { assembleWorkSample } from "#server/scaffold/assemble-work-sample.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { WORK_SAMPLE_ANSWERS } from "#server/scaffold/work-sample-answers.data.ts";
import { exitCodes } from "./command.ts";
import { inWorkspace } from "./open-workspace.ts";

const say = sayRoom("errors");

/** Not of a project: the same for everybody. */
const OF_NO_PROJECT: Record<string, () => Promise<Uint8Array | string>> = {
  "work-sample": async () => packArchive(assembleWorkSample(await readTemplate("rag"))).bytes,
  "work-sample-answers": async () => WORK_SAMPLE_ANSWERS,
};

type Options = Record<"project" | "format" | "role" | "out", string | undefined>;

/**
 * `team export`: one file of a stored project, or the work sample. Never over a file that is there.
 * @throws PilotageError USAGE, OUT_EXISTS, OUT_UNWRITABLE, and what writing the format throws
 */
export async function exportTeamFile(
  options: Options,
): Promise<{ out: string; bytes: number; sha256: string }> {
  const { format = "", out } = options;
  const known = [...TEAM_FORMATS, ...Object.keys(OF_NO_PROJECT)];
  const project = ProjectId.safeParse(options.project);
  const alone = Object.hasOwn(OF_NO_PROJECT, format) ? OF_NO_PROJECT[format] : undefined;
  if (!out || !known.includes(format) || (!alone && !project.success)) {
    throw new PilotageError("invalid", "USAGE", say("USAGE.teamExport", { formats: known.join(", ") }), {
      exitCode: exitCodes.usage,
    });
  }
  const content = alone ? await alone() : await writeOf(project.data ?? "", format, options.role ?? null);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await writeFile(out, bytes, { flag: "wx" }).catch((error: { code?: string }) => {
    if (error.code === "EEXIST") {
      throw new PilotageError("invalid", "OUT_EXISTS", say("OUT_EXISTS.said", { path: out }), {
        exitCode: 73,
        hint: say("OUT_EXISTS.hint"),
      });
    }
    throw new PilotageError("invalid", "OUT_UNWRITABLE", say("OUT_UNWRITABLE.file", { path: out }), {
      exitCode: 73,
    });
  });
  return { out, bytes: bytes.length, sha256: sha256Of(bytes) };
}

async function writeOf(projectId: string, format: string, role: string | null): Promise<Uint8Array | string> {
  return inWorkspace(async (db, owner) => {
    const team = await loadHiring(db, owner.workspaceId, projectId, new Date());
    return (await writeTeamFile(team, format, role)).bytes;
  });
}
