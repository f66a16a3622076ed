import { parseArgs } from "node:util";
import { checkAnswers } from "#server/brief/check-answers.ts";
import { pickLayers } from "#server/decision/pick-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Command, exitCodes } from "./command.ts";
import { readJson } from "./read-input.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("terminal");

export const decide: Command = {
  name: "decide",
  summary:
    "Reads answers ({questionId: value}) and picks an option per layer, with the rules that fired and the answers that would change it.",
  usage: "answers.json",
  example: "npm run --silent pilotage -- decide answers.json",
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    refuseMore(positionals, 1);
    const checked = checkAnswers(await readJson(positionals[0], "answers"));
    if (!checked.ok) {
      const [first, ...others] = checked.issues;
      for (const { message, hint } of others) {
        io.progress(say("also", { problem: hint ? `${message} ${hint}` : message }));
      }
      throw new PilotageError("invalid", first?.code ?? "ANSWER_INVALID", first?.message ?? "", {
        ...(first?.path ? { path: first.path } : {}),
        ...(first?.hint ? { hint: first.hint } : {}),
      });
    }
    io.answer(pickLayers(RULE_SET, checked.answers));
    return exitCodes.pass;
  },
};
