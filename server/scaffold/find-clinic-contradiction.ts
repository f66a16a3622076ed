import { sayRoom } from "#server/messages/say.ts";
import type { ClinicConfig } from "./clinic-schema.ts";

const say = sayRoom("errors");

/** What the pilot's examples can measure; it refuses the rest with the same key. */
const MOST_WORKERS = 64;
const CALLS = { least: 2, most: 200 };
const LEAST_TASKS = 2;
/** Points of the hot function, whose work grows with their square. */
const POINTS = { least: 10, most: 10_000 };

export function findClinicContradiction({
  workers,
  examples,
}: ClinicConfig): { path: string; message: string } | null {
  const { waiting, computing, hotFunction } = examples;
  const isRising = workers.every((count, at) => at === 0 || count > (workers[at - 1] ?? 0));
  if (!isRising) return { path: "workers", message: say("CONFIG_INVALID.workers") };
  const limits = [
    ["workers", Math.max(...workers), { least: 1, most: MOST_WORKERS }],
    ["examples.waiting.calls", waiting.calls, CALLS],
    ["examples.computing.tasks", computing.tasks, { least: LEAST_TASKS, most: Number.POSITIVE_INFINITY }],
    ["examples.hotFunction.size", hotFunction.size, POINTS],
  ] as const;
  const wrong = limits.find(([, value, { least, most }]) => value < least || value > most);
  if (wrong === undefined) return null;
  const [path, value, { least, most }] = wrong;
  const words = { value: String(value), least: String(least), most: String(most) };
  return { path, message: say("CONFIG_INVALID.outside", words) };
}
