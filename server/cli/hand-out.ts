import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { assemblePilot } from "#server/scaffold/assemble-pilot.ts";
import { TemplateName } from "#server/scaffold/pilot-schema.ts";
import { readConfig } from "#server/scaffold/read-config.ts";
import { readTemplate } from "#server/scaffold/read-template.ts";
import { handOutPilot } from "#server/scaffold/write-pilot.ts";
import { type Command, exitCodes } from "./command.ts";
import { readJson } from "./read-input.ts";

const say = sayRoom("errors");

const TEMPLATES = TemplateName.options.join("|");

export const handOut: Command = {
  name: "hand-out",
  summary:
    "Writes a pilot: the template byte for byte, pilot.json and files under handover/. The same input gives the same bytes.",
  usage: `${TEMPLATES} --out DIR|FILE.zip [--config pilot.json]`,
  example: "npm run --silent pilotage -- hand-out rag --out my-pilot.zip",
  run: async (args, io) => {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: "string" }, config: { type: "string" } },
    });
    const name = TemplateName.safeParse(positionals[0]);
    if (!name.success || positionals.length > 1) {
      const message =
        positionals.length === 0
          ? say("TEMPLATE_UNKNOWN.missing")
          : say("TEMPLATE_UNKNOWN.said", { name: positionals.join(" ") });
      throw new PilotageError("invalid", "TEMPLATE_UNKNOWN", message, {
        exitCode: exitCodes.usage,
        hint: say("TEMPLATE_UNKNOWN.hint", { names: TemplateName.options.join(", ") }),
      });
    }
    if (values.out === undefined || values.out === "") {
      throw new PilotageError("invalid", "ARGUMENT_MISSING", say("ARGUMENT_MISSING.out"), {
        exitCode: exitCodes.usage,
      });
    }
    const template = await readTemplate(name.data);
    const config =
      values.config === undefined
        ? template.config
        : readConfig(await readJson(values.config, "pilot"), template.config);
    const { files } = assemblePilot(template, {
      config,
      notExercised: [],
      decision: [],
      owners: [],
      plan: null,
    });
    const path = resolve(values.out);
    const { sha256 } = await handOutPilot(files, path);
    io.answer({ path, sha256, template: template.template, version: config.templateVersion });
    return exitCodes.pass;
  },
};
