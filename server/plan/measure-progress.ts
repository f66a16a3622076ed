import type { Task } from "./schema.ts";

export interface Progress {
  done: number;
  /** All tasks but the waived ones. */
  outOf: number;
  waived: number;
  /** 0 to 100; 0 when everything was waived: nothing was shown to work. */
  sharePct: number;
}

export function measureProgress(tasks: Pick<Task, "status">[]): Progress {
  const count = (status: Task["status"]) => tasks.filter((task) => task.status === status).length;
  const done = count("done");
  const outOf = tasks.length - count("waived");
  return { done, outOf, waived: count("waived"), sharePct: outOf === 0 ? 0 : (100 * done) / outOf };
}
