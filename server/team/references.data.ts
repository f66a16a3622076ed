import type { GuidePlace, TechnologyName } from "./reference-schema.ts";
import type { SkillId } from "./schema.ts";

/**
 * Names and commodity codes of technologies from O*NET 28.2, so that profiles and vacancies elsewhere can be matched.
 * O*NET knows no name for the tools of S04, S06, S08, S09, S11, S16, S21, S22 and S24.
 */
export const ONET = {
  version: "28.2",
  licence: "CC BY 4.0",
  uri: "https://www.onetcenter.org/db_releases.html",
  attribution:
    "Technology names and commodity codes: O*NET 28.2 Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of USDOL/ETA. We chose and mapped them; USDOL/ETA has not approved or tested this.",
} as const;

type Relation = TechnologyName["relation"];
type Row = [toolTag: string, relation: Relation, name: string, commodityCode: string];

const TECHNOLOGIES: Record<SkillId, Row[]> = {
  S01: [["asyncio", "broader", "Python", "43232405"]],
  S02: [["JSON Schema", "broader", "JavaScript Object Notation JSON", "43232408"]],
  S03: [["OpenAPI", "broader", "RESTful API", "43232408"]],
  S05: [["BM25", "broader", "Elasticsearch", "43232304"]],
  S07: [
    ["MLflow", "same", "Mlflow", "43232605"],
    ["CI/CD", "narrower", "Jenkins CI", "43232403"],
  ],
  S10: [["red teaming", "narrower", "Metasploit", "43233205"]],
  S12: [["pgvector", "broader", "PostgreSQL", "43232311"]],
  S13: [
    ["Docker", "same", "Docker", "43232701"],
    ["Kubernetes", "same", "Kubernetes", "43232701"],
  ],
  S14: [["Airflow", "same", "Apache Airflow", "43231517"]],
  S15: [
    ["PyTorch", "same", "PyTorch", "43232306"],
    ["scikit-learn", "same", "Scikit-learn", "43232402"],
    ["XGBoost", "same", "XGBoost", "43232402"],
  ],
  S17: [
    ["Rust", "same", "Rust programming language", "43232402"],
    ["C++", "same", "C++", "43232405"],
  ],
  S18: [["Go", "same", "Go", "43232402"]],
  S19: [["mypy", "broader", "Python", "43232405"]],
  S20: [["TypeScript", "same", "TypeScript", "43232405"]],
  S23: [
    ["NumPy", "same", "NumPy", "43232306"],
    ["pandas", "same", "pandas", "43232306"],
    ["Spark", "same", "Apache Spark", "43232314"],
  ],
};

/** Where the guides speak of a skill: a source of the rule set and the place in our words. */
const GUIDES: Record<SkillId, [source: string, place: string][]> = {
  S01: [
    ["ten-skills-2026", "skill 1, and the role: master of async"],
    ["roadmap-2026", "waiting: asyncio; three services asked at once"],
  ],
  S02: [["ten-skills-2026", "skill 2, strict validation"]],
  S03: [
    ["ten-skills-2026", "skill 3, streaming and caches"],
    ["roadmap-2026", "components of the assistant: FastAPI"],
  ],
  S04: [
    ["ten-skills-2026", "skill 4, agents of many steps and their state"],
    ["roadmap-2026", "components of the assistant: LangChain"],
  ],
  S05: [
    ["ten-skills-2026", "skill 5"],
    ["roadmap-2026", "support assistant over private documents, precision at k"],
  ],
  S06: [["ten-skills-2026", "skill 6, tuning open models and keeping the data"]],
  S07: [
    ["ten-skills-2026", "skill 7"],
    ["roadmap-2026", "MLflow keeps the trail; the better challenger goes on"],
  ],
  S08: [["ten-skills-2026", "skill 8"]],
  S09: [
    ["ten-skills-2026", "skill 9, from pandas to Polars and DuckDB"],
    ["roadmap-2026", "Polars transforms"],
  ],
  S10: [["ten-skills-2026", "skill 10, injection, leaks and early security"]],
  S11: [["ten-skills-2026", "economic awareness, cost beside quality"]],
  S12: [["roadmap-2026", "FAISS in memory, a vector server beyond"]],
  S13: [
    ["roadmap-2026", "container, cluster or serverless; container from the first day"],
    ["polyglot-2025", "what a container hides"],
  ],
  S14: [["roadmap-2026", "Airflow takes in, Great Expectations checks"]],
  S15: [
    ["roadmap-2026", "PyTorch trains"],
    ["why-python-2026", "learning path"],
  ],
  S16: [
    ["roadmap-2026", "diagnosis first"],
    ["why-python-2026", "profile; data structures before languages"],
  ],
  S17: [
    ["why-python-2026", "engines in Rust with a Python face, own operations in C++"],
    ["roadmap-2026", "one function in Rust"],
  ],
  S18: [["polyglot-2025", "Go and Rust for concurrency, a language per layer"]],
  S19: [
    ["why-python-2026", "types towards production, version conflicts"],
    ["polyglot-2025", "drift of environments"],
  ],
  S20: [
    ["why-python-2026", "WebAssembly in browser and edge"],
    ["ten-skills-2026", "compressed for small devices"],
    ["polyglot-2025", "four-stage ladder"],
  ],
  S21: [
    ["roadmap-2026", "precision at k, latency end to end, accuracy over 80 %"],
    ["ten-skills-2026", "silent failure, quality watched in operation"],
  ],
  S22: [["ten-skills-2026", "personal and regulated data, logs that explain a decision"]],
  S23: [["why-python-2026", "arrays and data frames; memory, larger than memory, cluster"]],
  S24: [
    ["roadmap-2026", "the two-week pilot: documents, targets, people, go or no-go"],
    ["ten-skills-2026", "from research to operation"],
  ],
};

export function referencesOf(id: SkillId): { guides: GuidePlace[]; technologies: TechnologyName[] } {
  return {
    guides: (GUIDES[id] ?? []).map(([source, place]) => ({ source, place })),
    technologies: (TECHNOLOGIES[id] ?? []).map(([toolTag, relation, name, commodityCode]) => ({
      toolTag,
      relation,
      name,
      commodityCode,
    })),
  };
}
