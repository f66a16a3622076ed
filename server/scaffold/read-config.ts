import { DisplayName } from "#server/brief/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { openConfig } from "./open-config.ts";
import { PilotConfig } from "./schema.ts";

const configuration = 78;
const say = sayRoom("errors");

/**
 * A `pilot.json` that somebody wrote by hand -> a configuration this app can hand out. Unknown keys are refused by
 * name, because a misspelt key would otherwise be a silent default. With a template, it must be of that template.
 *
 * @throws PilotageError CONFIG_INVALID, NAME_CHARACTERS, CONFIG_TEMPLATE (all 78) with the key's path
 */
export function readConfig(
  value: unknown,
  template: Pick<PilotConfig, "template" | "templateVersion"> | null,
): PilotConfig {
  const parsed = PilotConfig.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".");
    const message =
      unknown === undefined
        ? say("CONFIG_INVALID.issue", { issue: issue?.message ?? "" })
        : say("CONFIG_INVALID.key", { key: unknown });
    throw refuse("CONFIG_INVALID", message, path);
  }
  const config = parsed.data;
  const title = DisplayName.safeParse(config.title);
  if (!title.success) {
    throw refuse("NAME_CHARACTERS", title.error.issues[0]?.message ?? say("NAME_CHARACTERS.title"), "title");
  }
  const { contradiction } = openConfig(config);
  if (contradiction) throw refuse("CONFIG_INVALID", contradiction.message, contradiction.path);
  if (template !== null && config.template !== template.template) {
    const message = say("CONFIG_TEMPLATE.other", { theirs: config.template, ours: template.template });
    throw refuse("CONFIG_TEMPLATE", message, "template");
  }
  if (template !== null && config.templateVersion !== template.templateVersion) {
    const message = say("CONFIG_TEMPLATE.said", {
      theirs: config.templateVersion,
      ours: template.templateVersion,
    });
    throw refuse("CONFIG_TEMPLATE", message, "templateVersion");
  }
  return { ...config, title: title.data };
}

function refuse(code: string, message: string, path: string): PilotageError {
  return new PilotageError("invalid", code, message, { path, exitCode: configuration });
}
