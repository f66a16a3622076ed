import { DisplayName } from "#server/brief/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { RagPilotConfig } from "./schema.ts";

const configuration = 78;
const say = sayRoom("errors");

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
  const contradiction = findContradiction(config);
  if (contradiction) throw refuse("CONFIG_INVALID", contradiction.message, contradiction.path);
  if (templateVersion !== null && config.templateVersion !== templateVersion) {
    const message = say("CONFIG_TEMPLATE.said", { theirs: config.templateVersion, ours: templateVersion });
    throw refuse("CONFIG_TEMPLATE", message, "templateVersion");
  }
  return { ...config, title: title.data };
}

/** What spans two keys and so cannot stand in the schema. The pilot refuses the same with the same exit code. */
function findContradiction({
  ingest,
  retrieval,
  answer,
  device,
  precision,
}: RagPilotConfig): { path: string; message: string } | null {
  const { chunkCharacters, overlapCharacters } = ingest;
  if (overlapCharacters >= chunkCharacters) {
    const message = say("CONFIG_INVALID.overlap", {
      overlap: String(overlapCharacters),
      chunk: String(chunkCharacters),
    });
    return { path: "ingest.overlapCharacters", message };
  }
  if (retrieval.hnsw.efConstruction < 2 * retrieval.hnsw.m) {
    const message = say("CONFIG_INVALID.efConstruction", { least: String(2 * retrieval.hnsw.m) });
    return { path: "retrieval.hnsw.efConstruction", message };
  }
  if (answer.mode === "transformers" && !answer.model) {
    return { path: "answer.model", message: say("CONFIG_INVALID.localModel") };
  }
  if (answer.mode === "openai_compatible" && (!answer.model || !answer.baseUrl)) {
    const path = answer.model ? "answer.baseUrl" : "answer.model";
    return { path, message: say("CONFIG_INVALID.endpoint") };
  }
  const priced = answer.usdPerMillionTokensIn !== null && answer.usdPerMillionTokensOut !== null;
  if (answer.maxUsdPerQuestion !== null && !priced) {
    return { path: "answer.maxUsdPerQuestion", message: say("CONFIG_INVALID.prices") };
  }
  const usesTorch =
    answer.mode === "transformers" ||
    (retrieval.mode !== "bm25" && (retrieval.embedder !== "lsa" || retrieval.store === "torch"));
  if (!usesTorch && device !== "cpu") {
    return { path: "device", message: say("CONFIG_INVALID.device") };
  }
  if (!usesTorch && precision !== "float32") {
    return { path: "precision", message: say("CONFIG_INVALID.precision") };
  }
  return null;
}

function refuse(code: string, message: string, path: string): PilotageError {
  return new PilotageError("invalid", code, message, { path, exitCode: configuration });
}
