import { quoteMarkdown } from "./quote-markdown.ts";
import type { NotExercised, RagPilotConfig, Target } from "./schema.ts";

/** What the earlier rooms know about a project. Absent parts give no file: nothing is invented. */
export type HandoverInput = {
  config: RagPilotConfig;
  notExercised: NotExercised[];
  decision: { layer: string; status: string; pick: string | null }[];
  /** Roles, never people: who fills them is written into the file by hand. */
  owners: { role: string; share: string; mission: string }[];
  /** The plan room's own object, as JSON. */
  plan: unknown;
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
  if (input.owners.length > 0) files.push({ name: "owners.md", text: writeOwners(input.owners) });
  if (input.plan !== null && input.plan !== undefined) {
    files.push({ name: "plan.json", text: toJsonFile(input.plan) });
  }
  return files;
}

function writeCharter({ config, notExercised, decision }: HandoverInput): string {
  const { workload } = config;
  const lines = [
    "# Charter of the pilot",
    "",
    `Title: ${quoteMarkdown(config.title)}`,
    "",
    `Project: ${config.projectId === null ? "none (handed out by the terminal)" : config.projectId}`,
    `Template: ${config.template} ${config.templateVersion}`,
    "",
    "## What must be shown",
    "",
    ...config.targets.map((target) => `- ${sayTarget(target)}`),
    "",
    `Load: ${workload.runs} runs of ${workload.requestsPerRun} requests, ${workload.arrivalsPerSecond} a second,`,
    `${workload.arrivals} arrivals, seed ${workload.seed}. Latency counts from the scheduled arrival.`,
    "",
    "## What this pilot does not exercise",
    "",
    ...(notExercised.length === 0
      ? ["Nothing that was picked is left out."]
      : notExercised.map((entry) => `- ${quoteMarkdown(`${entry.layer}: ${entry.pick}`)} ${entry.why}`)),
    "",
  ];
  if (decision.length > 0) {
    lines.push("## Picks at the time of the hand-out", "");
    for (const layer of decision) {
      lines.push(
        `- ${quoteMarkdown(layer.layer)}: ${quoteMarkdown(layer.pick ?? "no pick")} (${layer.status})`,
      );
    }
    lines.push("");
  }
  return lines.join("\n");
}

function writeOwners(owners: HandoverInput["owners"]): string {
  const lines = [
    "# Owners",
    "",
    "Roles the team plan names. Fill in who takes each one before day 1.",
    "",
    ...owners.flatMap(({ role, share, mission }) => [
      `## ${quoteMarkdown(role)}`,
      "",
      `- Share: ${quoteMarkdown(share)}`,
      `- Mission: ${quoteMarkdown(mission)}`,
      "- Name:",
      "",
    ]),
  ];
  return lines.join("\n");
}

function sayTarget(target: Target): string {
  const sign = target.comparison === "gt" ? "above" : "below";
  return `${target.metric} ${sign} ${target.value}, shown with ${Math.round(target.confidence * 1000) / 10} % confidence`;
}

/** Two blanks and a final line feed: a person reads it, a diff stays small. */
export function toJsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
