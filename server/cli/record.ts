import { parseArgs } from "node:util";
import { loadMadr } from "#server/api/load-madr.ts";
import { PilotageError } from "#server/errors.ts";
import { ProjectId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Command, exitCodes } from "./command.ts";
import { inWorkspace } from "./open-workspace.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("errors");

export const record: Command = {
  name: "record",
  summary:
    "Writes a project's decision as a MADR document: the newest record or the one of --number, else today's decision as a proposal. --layer writes one layer alone.",
  usage: "ID [--number N] [--layer LAYER]",
  example: "npm run --silent pilotage -- record prj_01KAH0000000000000000000EX --layer retrieval",
  run: async (args, io) => {
    const options = { number: { type: "string" }, layer: { type: "string" } } as const;
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
    refuseMore(positionals, 1);
    const id = ProjectId.safeParse(positionals[0]);
    if (!id.success) {
      throw new PilotageError("invalid", "INVALID_ID", say("INVALID_ID.project"), {
        exitCode: positionals.length === 0 ? exitCodes.usage : exitCodes.data,
        hint: say("INVALID_ID.projectHint"),
      });
    }
    const { name, markdown } = await inWorkspace((db, session) =>
      loadMadr({ db, session, now: () => new Date() }, id.data, values.number ?? null),
    );
    io.answer({ name, markdown: markdown(values.layer ?? null) });
    return exitCodes.pass;
  },
};
