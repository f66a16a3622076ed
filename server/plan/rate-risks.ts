import type { ProjectKind } from "#server/brief/schema.ts";
import { RISKS } from "./risks.data.ts";
import type { Risk } from "./schema.ts";

export interface RatedRisk extends Risk {
  /** Likelihood times impact, 1 to 25. */
  score: number;
  /** Red blocks the gate unless somebody accepts it by name. */
  band: "red" | "amber" | "green";
}

/** The starting register of a kind of project, worst first, with the tasks of its own pilot. */
export function rateRisks(kind: ProjectKind, taskPrefix: "RAG" | "ML"): RatedRisk[] {
  return RISKS.filter((risk) => risk.kinds.includes(kind))
    .map((risk) => {
      const score = risk.likelihood * risk.impact;
      const tasks = risk.tasks.filter((id) => id.startsWith(`${taskPrefix}-`));
      return { ...risk, tasks, score, band: bandOf(score) };
    })
    .sort((a, b) => b.score - a.score);
}

function bandOf(score: number): RatedRisk["band"] {
  return score >= 15 ? "red" : score >= 8 ? "amber" : "green";
}
