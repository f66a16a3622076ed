import { parseArgs } from "node:util";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { exportProject, importProject } from "#server/plan/project-file-store.ts";
import { readProjectFile } from "#server/plan/read-project-file.ts";
import { type Command, exitCodes } from "./command.ts";
import { inWorkspace } from "./open-workspace.ts";
import { readJson } from "./read-input.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("errors");

export const project: Command = {
  name: "project",
  summary:
    "Exports a project as one JSON file, or makes a new project from such a file, by another name with --name.",
  usage: "export ID | import FILE [--name NAME]",
  example: "npm run --silent pilotage -- project export prj_01KAH0000000000000000000EX > project.json",
  run: async (args, io) => {
    const options = { name: { type: "string" } } as const;
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
    const [verb, what] = positionals;
    refuseMore(positionals, 2);
    if (verb === "export") io.answer(await exportOne(what));
    else if (verb === "import") io.answer(await importOne(what, values.name));
    else {
      throw new PilotageError("invalid", "USAGE", say("USAGE.project"), {
        exitCode: exitCodes.usage,
      });
    }
    return exitCodes.pass;
  },
};

async function exportOne(id: string | undefined) {
  const parsed = ProjectId.safeParse(id);
  if (!parsed.success) {
    throw new PilotageError("invalid", "INVALID_ID", say("INVALID_ID.project"), {
      exitCode: id === undefined ? exitCodes.usage : exitCodes.data,
      hint: say("INVALID_ID.projectHint"),
    });
  }
  return inWorkspace((db, owner) => exportProject(db, owner.workspaceId, parsed.data));
}

async function importOne(path: string | undefined, name: string | undefined) {
  const read = await readJson(path, "project");
  const file = readProjectFile(name === undefined ? read : rename(read, name));
  return inWorkspace((db, owner) => importProject(db, owner.workspaceId, owner.memberId, file, new Date()));
}

/** Before it is checked, so that a name from the command line has the same limits as one in a file. */
function rename(document: unknown, name: string): unknown {
  const { project, ...rest } = Object(document) as { project?: unknown };
  return typeof project === "object" && project !== null
    ? { ...rest, project: { ...project, name } }
    : document;
}
