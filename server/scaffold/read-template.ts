import { rootDir } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { join, readdir, readFile, stat } from "#server/untraced-files.ts";
import type { PilotFile } from "./assemble-pilot.ts";
import type { TemplateName } from "./pilot-schema.ts";
import { type ConfigOf, PILOT_CONFIGS, WRITTEN_PATHS } from "./schema.ts";

const say = sayRoom("errors");

/** What tools leave behind in a pilot and what the app writes into one. Never part of a template. */
const leftOut = new Set([
  ".pilot",
  ".venv",
  "__pycache__",
  ".pytest_cache",
  ".mypy_cache",
  ".ruff_cache",
  ".hypothesis",
  ".coverage",
  ".DS_Store",
  "build",
  "dist",
  "mlruns",
  "report.json",
  "report.md",
  "target",
  "var",
]);

const templatesDir = join(rootDir, "pilot-templates");
/** Tools the app installs for itself; ignored by git. */
export const toolsDir = join(rootDir, ".tools");

/** A template as it lies on the disk: every byte of it is handed out, save the values of `pilot.json`. */
export type Template<Name extends TemplateName = TemplateName> = {
  template: Name;
  config: ConfigOf<Name>;
  files: PilotFile[];
};

/** @throws PilotageError TEMPLATE_BROKEN when the template's own `pilot.json` is missing or does not fit its schema */
export async function readTemplate<Name extends TemplateName>(
  template: Name,
  root = join(templatesDir, template),
): Promise<Template<Name>> {
  const files = await readPilotFiles(root);
  const own = files.find((file) => file.path === "pilot.json");
  const config = PILOT_CONFIGS[template].safeParse(own ? parseJson(own.bytes) : undefined);
  if (!config.success) {
    const issue = config.error.issues[0];
    throw new PilotageError("internal", "TEMPLATE_BROKEN", say("TEMPLATE_BROKEN.said", { template }), {
      ...(own && issue ? { path: issue.path.join(".") } : {}),
      hint: say("TEMPLATE_BROKEN.hint"),
    });
  }
  return { template, config: config.data as ConfigOf<Name>, files };
}

const kept = new Map<TemplateName, Promise<Template>>();

/**
 * The template as it was when this process first asked: for pages, which read it far more often than it changes. A new
 * version of the app brings a new template, and starts a new process.
 */
export function keepTemplate<Name extends TemplateName>(template: Name): Promise<Template<Name>> {
  const reading =
    kept.get(template) ??
    readTemplate(template).catch((error) => {
      kept.delete(template);
      throw error;
    });
  kept.set(template, reading);
  return reading as Promise<Template<Name>>;
}

/** Every file of a pilot that belongs to it, sorted by path. A link is refused: it could lead anywhere. */
export async function readPilotFiles(root: string): Promise<PilotFile[]> {
  const files = await readFolder(root, "");
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readFolder(root: string, folder: string): Promise<PilotFile[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const kept = entries.filter(
    ({ name }) => !leftOut.has(name) && !name.endsWith(".pyc") && !name.endsWith(".egg-info"),
  );
  const read = kept.map(async (entry): Promise<PilotFile[]> => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (path !== "pilot.json" && WRITTEN_PATHS.has(path)) return [];
    if (entry.isDirectory()) return readFolder(root, path);
    if (!entry.isFile()) throw new PilotageError("invalid", "PILOT_LINK", say("PILOT_LINK.said"), { path });
    const [{ mode }, bytes] = await Promise.all([stat(join(root, path)), readFile(join(root, path))]);
    return [{ path, bytes, executable: (mode & 0o100) !== 0 }];
  });
  return (await Promise.all(read)).flat();
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
