import { sayRoom } from "#server/messages/say.ts";
import { openConfig } from "./open-config.ts";
import { quoteMarkdown } from "./quote-markdown.ts";
import type { NotExercised, PilotConfig, Target } from "./schema.ts";
import { type Promised, tellPromise } from "./tell-promise.ts";

const say = sayRoom("scaffold");

/** What the earlier rooms know about a project. Absent parts give no file: nothing is invented. */
export type HandoverInput = {
  config: PilotConfig;
  notExercised: NotExercised[];
  decision: { layer: string; status: string; pick: string | null }[];
  /** Roles, never people: who fills them is written into the file by hand. */
  owners: { role: string; share: string; mission: string }[];
  /** The plan room's own object, as JSON. */
  plan: unknown;
  /** Where the pilot begins and what it promised; left out while nobody has chosen. */
  entryPoint?: Promised | null;
};

/** The files under `handover/`. Free text of people goes through a serializer: JSON, or a Markdown code span. */
export function renderHandover(input: HandoverInput): { name: string; text: string }[] {
  const files = [
    { name: "charter.md", text: writeCharter(input) },
    { name: "targets.json", text: toJsonFile({ schemaVersion: 1, targets: input.config.targets }) },
  ];
  if (input.decision.length > 0) {
    files.push({ name: "decision.json", text: toJsonFile({ schemaVersion: 1, layers: input.decision }) });
  }
  if (input.entryPoint) {
    const text = toJsonFile({ schemaVersion: 1, entryPoint: input.entryPoint });
    files.push({ name: "entry-point.json", text });
  }
  if (input.owners.length > 0) files.push({ name: "owners.md", text: writeOwners(input.owners) });
  if (input.plan !== null && input.plan !== undefined) {
    files.push({ name: "plan.json", text: toJsonFile(input.plan) });
  }
  return files;
}

function writeCharter({ config, notExercised, decision, entryPoint }: HandoverInput): string {
  const lines = [
    `# ${say("charter.heading")}`,
    "",
    say("charter.title", { title: quoteMarkdown(config.title) }),
    "",
    say("charter.project", { project: config.projectId ?? say("charter.noProject") }),
    say("charter.template", { template: config.template, version: config.templateVersion }),
    "",
    ...(entryPoint ? tellPromise(entryPoint) : []),
    `## ${say("charter.targets")}`,
    "",
    ...config.targets.map((target) => `- ${sayTarget(target)}`),
    "",
    openConfig(config).load,
    "",
    `## ${say("charter.notExercised")}`,
    "",
    ...(notExercised.length === 0
      ? [say("charter.nothingLeftOut")]
      : notExercised.map((entry) => `- ${quoteMarkdown(`${entry.layer}: ${entry.pick}`)} ${entry.why}`)),
    "",
  ];
  if (decision.length > 0) {
    lines.push(`## ${say("charter.picks")}`, "");
    for (const layer of decision) {
      lines.push(
        `- ${quoteMarkdown(layer.layer)}: ${quoteMarkdown(layer.pick ?? say("charter.noPick"))} (${layer.status})`,
      );
    }
    lines.push("");
  }
  return lines.join("\n");
}

function writeOwners(owners: HandoverInput["owners"]): string {
  const lines = [
    `# ${say("owners.heading")}`,
    "",
    say("owners.lead"),
    "",
    ...owners.flatMap(({ role, share, mission }) => [
      `## ${quoteMarkdown(role)}`,
      "",
      `- ${say("owners.share", { share: quoteMarkdown(share) })}`,
      `- ${say("owners.mission", { mission: quoteMarkdown(mission) })}`,
      `- ${say("owners.name")}`,
      "",
    ]),
  ];
  return lines.join("\n");
}

function sayTarget({ metric, comparison, value, confidence }: Target): string {
  return say("charter.target", {
    metric,
    comparison,
    value: String(value),
    confidence: String(Math.round(confidence * 1000) / 10),
  });
}

/** Two blanks and a final line feed: a person reads it, a diff stays small. */
export function toJsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
