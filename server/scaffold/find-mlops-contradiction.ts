import { sayRoom } from "#server/messages/say.ts";
import type { MlopsConfig, MlopsMetric } from "./mlops-schema.ts";

const say = sayRoom("errors");

const OF_TASK: Partial<Record<MlopsMetric, MlopsConfig["task"]>> = {
  averagePrecision: "classification",
  recallAtBudget: "classification",
  cardPrecisionAt100: "classification",
  owa: "forecast",
  smape: "forecast",
  mase: "forecast",
};

/** What spans two keys and so cannot stand in the schema. The pilot refuses the same with the same key. */
export function findMlopsContradiction(config: MlopsConfig): { path: string; message: string } | null {
  const { data, checks, features, policy, device, model } = config;
  const numbers = [...data.numbers, ...(data.amount === null ? [] : [data.amount])];
  const columns = [
    data.key,
    data.time,
    data.label,
    ...data.entities,
    ...Object.keys(data.categories),
    ...numbers,
  ];
  const twice = columns.find((column, at) => columns.indexOf(column) < at);
  if (twice !== undefined) {
    return { path: "data", message: say("CONFIG_INVALID.columnTwice", { column: twice }) };
  }
  const { windowsDays } = features;
  if (windowsDays.some((days, at) => at > 0 && days <= (windowsDays[at - 1] ?? 0))) {
    return { path: "features.windowsDays", message: say("CONFIG_INVALID.rising") };
  }
  if (checks.minRows > checks.maxRows) {
    const words = { low: String(checks.minRows), high: String(checks.maxRows) };
    return { path: "checks.minRows", message: say("CONFIG_INVALID.lowAboveHigh", words) };
  }
  for (const [column, [low, high]] of Object.entries(checks.ranges)) {
    const path = `checks.ranges.${column}`;
    if (!numbers.includes(column)) return { path, message: say("CONFIG_INVALID.noNumber", { column }) };
    if (low > high) {
      return { path, message: say("CONFIG_INVALID.lowAboveHigh", { low: String(low), high: String(high) }) };
    }
  }
  if (policy.regulated && policy.approver === null) {
    return { path: "policy.approver", message: say("CONFIG_INVALID.approver") };
  }
  if (device.want === "cpu" && model.precision === "bfloat16") {
    return { path: "model.precision", message: say("CONFIG_INVALID.bfloat16") };
  }
  const strange = config.targets.findIndex(({ metric }) => (OF_TASK[metric] ?? config.task) !== config.task);
  const metric = config.targets[strange]?.metric;
  if (metric === undefined) return null;
  const words = { metric, task: config.task };
  return { path: `targets.${strange}.metric`, message: say("CONFIG_INVALID.foreignMetric", words) };
}
