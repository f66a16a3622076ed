import { parseArgs } from "node:util";
import { toPointer } from "#server/benchmark/find-non-finite.ts";
import { judgeSamples } from "#server/benchmark/judge-samples.ts";
import { Samples } from "#server/benchmark/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Command, exitCodes } from "./command.ts";
import { readJson } from "./read-input.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("errors");

export const judge: Command = {
  name: "judge",
  summary:
    'Judges one sample: {"kind":"proportion","correct","outOf","target"} or {"kind":"latency","quantile","targetMs","runs":[[ms or null for an error, ...], ...]}; also "scores" by document, "rate" over runs and "sequence", see docs/statistics.md. Exit 0 pass, 1 fail, 3 inconclusive.',
  usage: "samples.json",
  example:
    'echo \'{"kind":"proportion","correct":87,"outOf":100,"target":0.8}\' | npm run --silent pilotage -- judge -',
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    refuseMore(positionals, 1);
    const parsed = Samples.safeParse(await readJson(positionals[0], "samples"));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const message = say("SAMPLES_INVALID.issue", {
        issue: issue?.message ?? say("SAMPLES_INVALID.notSample"),
      });
      throw new PilotageError("invalid", "SAMPLES_INVALID", message, {
        path: toPointer(issue?.path ?? []),
        hint: say("SAMPLES_INVALID.hint"),
      });
    }
    const judgement = judgeSamples(parsed.data);
    io.answer(judgement);
    return exitCodes[judgement.verdict];
  },
};
