import { sayRoom } from "#server/messages/say.ts";
import { findClinicContradiction } from "./find-clinic-contradiction.ts";
import { type Elsewhere, findElsewhere } from "./find-elsewhere.ts";
import { findMlopsContradiction } from "./find-mlops-contradiction.ts";
import { findRagContradiction } from "./find-rag-contradiction.ts";
import { listExtras, type PilotExtra } from "./list-extras.ts";
import type { Workload } from "./pilot-schema.ts";
import type { PilotConfig } from "./schema.ts";

const say = sayRoom("scaffold");

/** What the app asks of a `pilot.json`, whichever template it is of. Nothing else looks at the template's name. */
export type OpenConfig = {
  /** What spans two keys and so cannot stand in the schema. */
  contradiction: { path: string; message: string } | null;
  extras: PilotExtra[];
  /** What must run where it is reachable, most telling first. */
  elsewhere: Elsewhere[];
  wantsGpu: boolean;
  /** Names of environment variables that a run needs for a service it calls; null = it calls none. */
  calls: string[] | null;
  /** What was promised: everything but what each run chooses for itself. */
  promised: unknown;
  /** What is measured with, as the charter says it. */
  load: string;
};

export function openConfig(config: PilotConfig): OpenConfig {
  switch (config.template) {
    case "rag": {
      const { data: _data, workload, ...rest } = config;
      // How long the load ran and on which documents is a choice of the run.
      const { runs: _runs, requestsPerRun: _requests, ...load } = workload;
      return {
        contradiction: findRagContradiction(config),
        extras: listExtras(config),
        elsewhere: findElsewhere(config),
        wantsGpu: config.device === "cuda",
        calls: config.answer.mode === "openai_compatible" ? [config.answer.apiKeyVariable] : null,
        promised: { ...rest, load },
        load: sayLoad(workload),
      };
    }
    case "clinic":
      return {
        contradiction: findClinicContradiction(config),
        extras: [],
        elsewhere: [],
        wantsGpu: false,
        calls: null,
        promised: config,
        load: say("charter.rounds", { rounds: String(config.rounds), seed: String(config.seed) }),
      };
    case "mlops": {
      const { data, workload, ...rest } = config;
      const { path: _path, ...columns } = data;
      const { runs: _runs, requestsPerRun: _requests, ...load } = workload;
      return {
        contradiction: findMlopsContradiction(config),
        extras: [],
        elsewhere: ["PILOT_RUNS_ITSELF"],
        wantsGpu: config.device.want === "cuda",
        calls: null,
        promised: { ...rest, data: columns, load },
        load: sayLoad(workload),
      };
    }
  }
}

function sayLoad({ runs, requestsPerRun, arrivalsPerSecond, arrivals, seed }: Workload): string {
  return say("charter.load", {
    runs: String(runs),
    requests: String(requestsPerRun),
    rate: String(arrivalsPerSecond),
    arrivals,
    seed: String(seed),
  });
}
