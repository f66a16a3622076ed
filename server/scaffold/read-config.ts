import { DisplayName } from "#server/brief/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { RagPilotConfig } from "./schema.ts";

const configuration = 78;

/**
 * A `pilot.json` that somebody wrote by hand -> a configuration this app can hand out. Unknown keys are refused by
 * name, because a misspelt key would otherwise be a silent default.
 *
 * @throws PilotageError CONFIG_INVALID, NAME_CHARACTERS, CONFIG_TEMPLATE (all 78) with the key's path
 */
export function readConfig(value: unknown, templateVersion: string | null): RagPilotConfig {
  const parsed = RagPilotConfig.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".");
    const message = unknown === undefined ? `${issue?.message}.` : `There is no key "${unknown}" here.`;
    throw refuse("CONFIG_INVALID", message, path);
  }
  const config = parsed.data;
  const title = DisplayName.safeParse(config.title);
  if (!title.success) {
    throw refuse("NAME_CHARACTERS", title.error.issues[0]?.message ?? "The title is not allowed.", "title");
  }
  if (config.ingest.overlapCharacters >= config.ingest.chunkCharacters) {
    const { overlapCharacters, chunkCharacters } = config.ingest;
    const message = `The overlap (${overlapCharacters}) must be smaller than the chunk (${chunkCharacters}).`;
    throw refuse("CONFIG_INVALID", message, "ingest.overlapCharacters");
  }
  if (config.answer.mode === "openai_compatible" && (!config.answer.model || !config.answer.baseUrl)) {
    const path = config.answer.model ? "answer.baseUrl" : "answer.model";
    throw refuse("CONFIG_INVALID", "An endpoint needs both a model name and an address.", path);
  }
  if (templateVersion !== null && config.templateVersion !== templateVersion) {
    const message = `This is for template version ${config.templateVersion}; this app hands out ${templateVersion}.`;
    throw refuse("CONFIG_TEMPLATE", message, "templateVersion");
  }
  return { ...config, title: title.data };
}

function refuse(code: string, message: string, path: string): PilotageError {
  return new PilotageError("invalid", code, message, { path, exitCode: configuration });
}
