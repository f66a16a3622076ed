import type { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { findForm } from "#server/benchmark/compare-rounds.ts";
import { judgeLock } from "#server/benchmark/judge-lock.ts";
import type { MeasuredFields } from "#server/benchmark/measured-answers.data.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

/** What the clinic says about the reader's own code. The worked examples are ours and answer nothing about it. */
export const CLINIC_FIELDS: MeasuredFields<ClinicReport> = {
  cpu_share_of_wall: (report) => {
    const own = findForm(report, "workload", { name: "own", workers: null });
    if (own === undefined || own.wallMs.length === 0) return null;
    const [wallMs, cpuMs] = [sum(own.wallMs), sum(own.cpuMs)];
    return {
      value: cpuMs / wallMs,
      because: say("because.ownWorkload", {
        cpuMs: Math.round(cpuMs).toString(),
        wallMs: Math.round(wallMs).toString(),
        share: `${Math.round((cpuMs / wallMs) * 100)} %`,
        count: own.wallMs.length,
        rounds: String(own.wallMs.length),
      }),
    };
  },
  gil_reenabled: ({ fingerprint }) => judgeLock(fingerprint),
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
