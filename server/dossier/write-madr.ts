import { describeNumber } from "#server/brief/describe-answer.ts";
import type { Override, RecordBody } from "#server/decision/record-schema.ts";
import type { FiredRule, LayerResult } from "#server/decision/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("dossier");

export type MadrInput = {
  body: RecordBody;
  /** Null while the decision is proposed and not recorded. */
  record: { number: number; date: string; supersedes: number | null; supersededBy: number | null } | null;
  /** The day of the export, for a proposal. */
  today: string;
  /** Per layer, which task, gate and benchmark confirm it; none for a layer that nothing tries. */
  confirmedBy: Record<string, string>;
};

const FACTOR = { high: 1, medium: 0.7, low: 0.4 };

/**
 * A decision record in the shape of MADR 4.0.0: of one layer, or of all that apply when no layer is named. The same
 * record gives the same bytes.
 */
export function writeMadr(input: MadrInput, layerId: string | null): string {
  const { body, record } = input;
  const layers = body.decision.layers.filter(
    (layer) => layer.status !== "not_applicable" && (layerId === null || layer.layer === layerId),
  );
  const alone = layers.length === 1;
  const views = layers.map((result) => viewLayer(body, result, alone));
  const [first] = views;
  const title = alone && first ? first.title : say("madr.title", { project: plain(body.project) });
  const supersedes = record?.supersedes ? say("madr.supersedes", { id: adrId(record.supersedes) }) : "";
  const { id, version, expiresAt } = body.decision.ruleSet;
  return `${[
    writeFrontMatter(input),
    `# ${record ? `${adrId(record.number)} ` : ""}${title}`,
    "## Context and Problem Statement",
    views.map((view) => view.question).join(" "),
    say("madr.context", { project: plain(body.project), rules: `${id} ${version}`, date: expiresAt }),
    "## Decision Drivers",
    list(views.flatMap((view) => view.drivers)),
    "## Considered Options",
    list(views.flatMap((view) => view.options.map((option) => option.title))),
    "## Decision Outcome",
    views.map((view) => view.outcome).join("\n\n"),
    "### Consequences",
    list(views.flatMap((view) => view.consequences)),
    "### Confirmation",
    list(
      layers.map((layer) => `${layer.name}: ${input.confirmedBy[layer.layer] ?? say("madr.unconfirmed")}`),
    ),
    "## Pros and Cons of the Options",
    ...views.flatMap((view) =>
      view.options.flatMap((option) => [`### ${option.title}`, list(option.arguments)]),
    ),
    "## More Information",
    list([
      ...(supersedes ? [supersedes] : []),
      ...layers.flatMap((layer) =>
        layer.flips.slice(0, 3).map((flip) => `${layer.name}: ${plain(flip.sentence)}`),
      ),
      ...listSources(body, layers),
    ]),
  ].join("\n\n")}\n`;
}

/** `ADR-0007` */
export function adrId(number: number): string {
  return `ADR-${String(number).padStart(4, "0")}`;
}

/** JSON strings are valid YAML, whatever people wrote into them. */
function writeFrontMatter({ body, record, today }: MadrInput): string {
  const status =
    record === null
      ? "proposed"
      : record.supersededBy === null
        ? "accepted"
        : `superseded by ${adrId(record.supersededBy)}`;
  return [
    "---",
    `status: ${JSON.stringify(status)}`,
    `date: ${JSON.stringify(record?.date ?? today)}`,
    `decision-makers: [${JSON.stringify(body.decidedBy)}]`,
    "consulted: []",
    "informed: []",
    "---",
  ].join("\n");
}

function viewLayer(body: RecordBody, result: LayerResult, alone: boolean) {
  const layer = body.layers.find(({ id }) => id === result.layer);
  const prefix = alone ? "" : `${result.name}: `;
  const label = (option: string) => plain(layer?.options.find(({ id }) => id === option)?.label ?? option);
  const override = body.overrides.find((one) => one.layer === result.layer);
  const chosen = override?.option ?? result.pick;
  const against = result.fired.filter((rule) => (rule.points[chosen ?? ""] ?? 0) < 0);
  const consequences = [
    ...result.fired
      .filter((rule) => (rule.points[chosen ?? ""] ?? 0) > 0)
      .map((rule) => `${prefix}${say("madr.good", { because: plain(rule.because), rule: rule.rule })}`),
    ...against.map(
      (rule) => `${prefix}${say("madr.bad", { because: plain(rule.because), rule: rule.rule })}`,
    ),
  ];
  return {
    title: chosen ? `${result.name}: ${label(chosen)}` : say("madr.openTitle", { layer: result.name }),
    question: plain(layer?.question ?? result.name),
    drivers: result.fired.map((rule) => `${prefix}${sayDriver(body, rule)}`),
    outcome: `${prefix}${sayOutcome(result, override, label)}`,
    consequences,
    options: (layer?.options ?? []).map(({ id }) => ({
      title: `${prefix}${label(id)}`,
      arguments: listArguments(result, id),
    })),
  };
}

/** Weight and answers stand with each driver, so that a reader can argue with the number. */
function sayDriver(
  body: RecordBody,
  { because, rule, kind, weight, confidence, answers }: FiredRule,
): string {
  const read = Object.keys(answers)
    .map((id) => `${body.words[id]?.name ?? id}: ${body.words[id]?.said ?? ""}`)
    .join("; ");
  const weighed =
    weight === null || confidence === null
      ? say(`madr.kind.${kind}`)
      : say("madr.weight", { weight: String(weight), confidence: describeNumber(FACTOR[confidence], null) });
  const driver = { because: plain(because), rule, weighed };
  return read ? say("madr.driver", { ...driver, answers: plain(read) }) : say("madr.driverAlways", driver);
}

function sayOutcome(
  { pick, tied, status, scores, margin }: LayerResult,
  override: Override | undefined,
  label: (option: string) => string,
): string {
  const score = (option: string | null) =>
    describeNumber(scores.find((one) => one.option === option)?.score ?? 0, null);
  const rules = pick === null ? say(`status.${status}`) : label(pick);
  if (override?.option) {
    return say("madr.overridden", { option: label(override.option), reason: plain(override.reason), rules });
  }
  if (pick !== null) {
    const share = `${Math.round(margin * 100)} %`;
    return say("madr.chosen", { option: label(pick), points: score(pick), margin: share });
  }
  return tied.length > 0
    ? say("madr.tied", { options: tied.map(label).join(", ") })
    : say("madr.none", { status: say(`status.${status}`) });
}

function listArguments({ fired, vetoed, scores }: LayerResult, option: string): string[] {
  const points = fired.filter((rule) => (rule.points[option] ?? 0) !== 0);
  const vetoes = vetoed.filter((veto) => veto.option === option);
  const score = scores.find((one) => one.option === option)?.score ?? 0;
  return [
    ...points.map(({ rule, because, points: given }) => {
      const value = given[option] ?? 0;
      const argument = { because: plain(because), rule: `${rule}, ${describeNumber(value, null)}` };
      return value > 0 ? say("madr.good", argument) : say("madr.bad", argument);
    }),
    ...vetoes.map((veto) => say("madr.vetoed", { because: plain(veto.because), rule: veto.rule })),
    ...(points.length + vetoes.length === 0 ? [say("madr.neutral")] : []),
    say("madr.score", { score: describeNumber(score, null) }),
  ];
}

function listSources({ sources }: RecordBody, layers: LayerResult[]): string[] {
  const used = new Set(
    layers.flatMap(({ fired }) => fired.flatMap((rule) => rule.evidence.map(({ source }) => source))),
  );
  return sources.filter(({ id }) => used.has(id)).map(({ title, date }) => `${plain(title)} (${date})`);
}

const list = (lines: string[]) =>
  lines.length === 0 ? say("madr.nothing") : lines.map((line) => `* ${line}`).join("\n");

/** One line that Markdown and HTML read as text. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_<>[\]|#]/g, (sign) => `\\${sign}`);
}
