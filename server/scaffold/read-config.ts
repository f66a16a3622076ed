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
  const contradiction = findContradiction(config);
  if (contradiction) throw refuse("CONFIG_INVALID", contradiction.message, contradiction.path);
  if (templateVersion !== null && config.templateVersion !== templateVersion) {
    const message = `This is for template version ${config.templateVersion}; this app hands out ${templateVersion}.`;
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
    const message = `The overlap (${overlapCharacters}) must be smaller than the chunk (${chunkCharacters}).`;
    return { path: "ingest.overlapCharacters", message };
  }
  if (retrieval.hnsw.efConstruction < 2 * retrieval.hnsw.m) {
    const message = `It must be at least twice hnsw.m (${2 * retrieval.hnsw.m}).`;
    return { path: "retrieval.hnsw.efConstruction", message };
  }
  if (answer.mode === "transformers" && !answer.model) {
    return { path: "answer.model", message: "A local model needs a name or a path." };
  }
  if (answer.mode === "openai_compatible" && (!answer.model || !answer.baseUrl)) {
    const path = answer.model ? "answer.baseUrl" : "answer.model";
    return { path, message: "An endpoint needs both a model name and an address." };
  }
  const priced = answer.usdPerMillionTokensIn !== null && answer.usdPerMillionTokensOut !== null;
  if (answer.maxUsdPerQuestion !== null && !priced) {
    return { path: "answer.maxUsdPerQuestion", message: "A limit on cost needs both prices of the tokens." };
  }
  const usesTorch =
    answer.mode === "transformers" ||
    (retrieval.mode !== "bm25" && (retrieval.embedder !== "lsa" || retrieval.store === "torch"));
  if (!usesTorch && device !== "cpu") {
    return { path: "device", message: "No part of this configuration runs on a GPU." };
  }
  if (!usesTorch && precision !== "float32") {
    return { path: "precision", message: "No part of this configuration computes in that precision." };
  }
  return null;
}

function refuse(code: string, message: string, path: string): PilotageError {
  return new PilotageError("invalid", code, message, { path, exitCode: configuration });
}
