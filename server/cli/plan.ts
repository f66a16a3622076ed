import { parseArgs } from "node:util";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { kindOfFile, readProjectFile } from "#server/plan/read-project-file.ts";
import { scheduleTasks } from "#server/plan/schedule-tasks.ts";
import { type Command, exitCodes } from "./command.ts";
import { readDate } from "./read-date.ts";
import { readJson } from "./read-input.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("terminal");
const sayError = sayRoom("errors");

export const plan: Command = {
  name: "plan",
  summary:
    "Reads a project file and puts the pilot's ten working days on the calendar: every task with owner, definition of done and artefact, and the gates on days 2, 5 and 10. --start wins over the date in the file.",
  usage: "project.json --start YYYY-MM-DD",
  example: "npm run --silent pilotage -- plan project.json --start 2026-12-01",
  run: async (args, io) => {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { start: { type: "string" } },
    });
    refuseMore(positionals, 1);
    const start = readDate(values.start, "--start");
    const file = readProjectFile(await readJson(positionals[0], "project"));
    const startDate = start ?? file.plan?.startDate ?? null;
    if (startDate === null) {
      throw new PilotageError("invalid", "ARGUMENT_MISSING", sayError("ARGUMENT_MISSING.start"), {
        exitCode: exitCodes.usage,
        hint: sayError("ARGUMENT_MISSING.startHint", { example: '"plan": {"startDate": "2026-12-01"}' }),
      });
    }
    const { tasks, gates, startMoved } = scheduleTasks({
      kind: kindOfFile(file),
      startDate,
      holidays: file.plan?.holidays ?? [],
      states: file.plan?.tasks ?? {},
      outcomes: {},
    });
    if (startMoved) io.progress(say("dayMoved", startMoved));
    io.answer({ tasks, gates });
    return exitCodes.pass;
  },
};
