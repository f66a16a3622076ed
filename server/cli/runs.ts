import { parseArgs } from "node:util";
import { compareStored } from "#server/benchmark/comparison-store.ts";
import { judgeAgain } from "#server/benchmark/judgement-store.ts";
import { saveNote } from "#server/benchmark/records-store.ts";
import { RunSummary } from "#server/benchmark/schema.ts";
import { listRuns, readSummary } from "#server/benchmark/store.ts";
import { readProject } from "#server/brief/store.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Command, type CommandIo, exitCodes } from "./command.ts";
import { inWorkspace } from "./open-workspace.ts";
import { readTargets } from "./read-targets.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("errors");

type Options = { note?: string | undefined; targets?: string | undefined };

export const runs: Command = {
  name: "runs",
  summary:
    "What the web does with stored runs: lists them, sets two to six beside each other, writes a note beside one, or judges its kept records by other targets. judge exits 0 pass, 1 fail, 3 inconclusive.",
  usage:
    "list PROJECT | compare PROJECT RUN RUN… | note PROJECT RUN --text TEXT | judge PROJECT RUN --targets targets.json",
  example:
    "npm run --silent pilotage -- runs compare prj_01KAH0000000000000000000EX run_01KAH0000000000000000000AA run_01KAH0000000000000000000BB",
  run: async (args, io) => {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { text: { type: "string" }, targets: { type: "string" } },
    });
    const [verb, project, ...rest] = positionals;
    const doing = VERBS.find(({ name }) => name === verb);
    if (doing === undefined) throw usage(say("USAGE.runs"));
    const projectId = ProjectId.safeParse(project);
    if (!projectId.success) {
      throw new PilotageError("invalid", "INVALID_ID", say("INVALID_ID.project"), {
        exitCode: project === undefined ? exitCodes.usage : exitCodes.data,
        hint: say("INVALID_ID.projectHint"),
      });
    }
    if (rest.length < doing.fewest) throw usage(say("USAGE.runIds", { count: doing.fewest }));
    refuseMore(positionals, 2 + doing.most);
    const runIds = rest.map(readRunId);
    return doing.run(projectId.data, runIds, { note: values.text, targets: values.targets }, io);
  },
};

type Verb = {
  name: string;
  fewest: number;
  most: number;
  run: (projectId: ProjectId, runIds: string[], options: Options, io: CommandIo) => Promise<number>;
};

const VERBS: Verb[] = [
  { name: "list", fewest: 0, most: 0, run: list },
  { name: "compare", fewest: 2, most: 6, run: compare },
  { name: "note", fewest: 1, most: 1, run: note },
  { name: "judge", fewest: 1, most: 1, run: judge },
];

async function list(projectId: ProjectId, _: string[], __: Options, io: CommandIo): Promise<number> {
  const found = await inWorkspace(async (db, { workspaceId }) => {
    await readProject(db, workspaceId, projectId);
    return listRuns(db, workspaceId, projectId, MOST_LISTED);
  });
  io.answer(found);
  return exitCodes.pass;
}

async function compare(projectId: ProjectId, runIds: string[], _: Options, io: CommandIo): Promise<number> {
  io.answer(await inWorkspace((db, { workspaceId }) => compareStored(db, workspaceId, projectId, runIds)));
  return exitCodes.pass;
}

/** An empty text takes the note away. The newest version is written over: whoever types here has just read it. */
async function note(
  projectId: ProjectId,
  runIds: string[],
  { note }: Options,
  io: CommandIo,
): Promise<number> {
  if (note === undefined) throw usage(say("USAGE.noteText"));
  const text = RunSummary.shape.note.safeParse(note.trim() || null);
  if (!text.success) throw usage(say("USAGE.noteLength"));
  const [runId = ""] = runIds;
  io.answer(
    await inWorkspace(async (db, { workspaceId, memberId }) => {
      const { version } = await readSummary(db, workspaceId, projectId, runId);
      return saveNote(db, workspaceId, memberId, { projectId, runId, version, note: text.data }, new Date());
    }),
  );
  return exitCodes.pass;
}

async function judge(
  projectId: ProjectId,
  runIds: string[],
  { targets: path }: Options,
  io: CommandIo,
): Promise<number> {
  if (path === undefined) throw usage(say("USAGE.targetsFile"));
  const targets = await readTargets(path);
  const [runId = ""] = runIds;
  const judgement = await inWorkspace(async (db, { workspaceId, memberId }) => {
    await readProject(db, workspaceId, projectId);
    return judgeAgain(db, workspaceId, memberId, { projectId, runId, targets }, new Date());
  });
  io.answer(judgement);
  return exitCodes[judgement.outcome];
}

/** A list longer than this is read by program, page by page, on the web. */
const MOST_LISTED = 500;

function readRunId(text: string): string {
  const parsed = RunSummary.shape.runId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new PilotageError("invalid", "INVALID_ID", say("INVALID_ID.run", { text: text.slice(0, 60) }), {
    exitCode: exitCodes.data,
  });
}

function usage(message: string): PilotageError {
  return new PilotageError("invalid", "USAGE", message, {
    exitCode: exitCodes.usage,
    hint: say("USAGE.hint"),
  });
}
