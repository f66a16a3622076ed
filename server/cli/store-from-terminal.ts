import type { Isolation } from "#server/benchmark/job-schema.ts";
import type { Report } from "#server/benchmark/schema.ts";
import type { CommandIo } from "./command.ts";

/** A report about no project is a file and nothing else. */
export async function storeFromTerminal(
  report: Report,
  _run: { isolation: Isolation; modified: boolean },
  io: CommandIo,
): Promise<void> {
  if (report.projectId === null) io.progress("not stored: this pilot belongs to no project");
}
