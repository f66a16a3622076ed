import { parseArgs } from "node:util";
import { acceptReport } from "#server/benchmark/accept-report.ts";
import { combineVerdicts } from "#server/benchmark/combine-verdicts.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { type Command, exitCodes } from "./command.ts";
import { readText } from "./read-input.ts";
import { readTargets } from "./read-targets.ts";
import { refuseMore } from "./refuse-more.ts";

const say = sayRoom("errors");

export const verdict: Command = {
  name: "verdict",
  summary:
    "Recomputes every figure of a report from its raw records and judges it against its own targets, or against those of a file. Exit 0 pass, 1 fail, 3 inconclusive.",
  usage: "report.json [--targets targets.json]",
  example: "npm run --silent pilotage -- verdict report.json",
  run: async (args, io) => {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { targets: { type: "string" } },
    });
    refuseMore(positionals, 1);
    const accepted = acceptReport(await readText(positionals[0], "report"), { projectId: null, now: null });
    if (accepted.outcome === "refused") {
      const [first, ...rest] = accepted.problems;
      const message = first?.message ?? say("REPORT_INVALID.notReport");
      throw new PilotageError("invalid", first?.code ?? "REPORT_INVALID", message, {
        ...(first?.path ? { path: first.path } : {}),
        ...(rest.length > 0 ? { hint: say("REPORT_INVALID.more", { count: rest.length }) } : {}),
        data: accepted.problems,
      });
    }
    const targets =
      values.targets === undefined ? accepted.report.config.targets : await readTargets(values.targets);
    const { outcome, reason, verdicts } = combineVerdicts(accepted.report, targets);
    io.answer({ runId: accepted.report.runId, outcome, reason, verdicts });
    return exitCodes[outcome];
  },
};
