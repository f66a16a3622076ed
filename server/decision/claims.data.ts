import type { Claim } from "./schema.ts";

/** What the guides state without a source we could read. Shown as claims, used by no rule as a fact. */
export const CLAIMS: Claim[] = [
  claim("talent-pool", "roadmap-2026", "More than twenty million people write Python."),
  claim(
    "mostly-yes",
    "roadmap-2026",
    "For nearly every business application of AI the answer to “Python?” is yes.",
  ),
  claim("lowest-risk", "roadmap-2026", "Python is the choice with the least risk for AI in 2026."),
  claim(
    "weeks-to-production",
    "roadmap-2026",
    "A small team has a RAG system ready for production in two to four weeks.",
  ),
  claim(
    "premature-optimisation",
    "roadmap-2026",
    "Optimising too early is the most common and the dearest mistake.",
  ),
  {
    ...claim(
      "near-linear",
      "roadmap-2026",
      "Several processes speed up independent work almost in proportion to the cores.",
    ),
    test: "The clinic measures the curve on your machine.",
  },
  {
    ...claim(
      "gather",
      "roadmap-2026",
      "Waiting for several services at once takes as long as the slowest, not as long as all.",
    ),
    test: "The clinic measures it against calls one after the other.",
  },
  {
    ...claim(
      "orders-of-magnitude",
      "why-python-2026",
      "Compiling numeric loops in place gains orders of magnitude.",
    ),
    test: "The clinic measures one function four ways.",
  },
  claim("hours-not-weeks", "why-python-2026", "A model prototype takes hours where it took weeks."),
  claim("training-energy", "why-python-2026", "Training large models uses enormous amounts of energy."),
  claim("obsolete", "why-python-2026", "What works today may be obsolete in two years."),
  claim(
    "job-listings",
    "ten-skills-2026",
    "Well over half of all technical job listings ask for Python and AI.",
  ),
  claim("market-growth", "ten-skills-2026", "The market for AI products keeps growing fast until 2028."),
  {
    ...claim("latency-forty", "ten-skills-2026", "High concurrency brings latency down by two fifths."),
    test: "A benchmark of your pilot under load can test it.",
  },
  claim("fewer-outages", "ten-skills-2026", "Teams with strict validation layers have far fewer outages."),
  {
    ...claim(
      "small-models",
      "ten-skills-2026",
      "Small local models are the economic choice for special tasks.",
    ),
    test: "Cost per 1 000 answers at equal accuracy tests it.",
  },
  {
    ...claim("no-lock", "ten-skills-2026", "The global lock of Python is gone."),
    status: "contradicted",
    evidence: [
      { source: "pep-779", place: "Criteria" },
      { source: "faiss-5418", place: "Open issue" },
      { source: "tokenizers-1784", place: "Open issue" },
      { source: "cedar-py-110", place: "Report" },
    ],
    test: "The free-threaded build is separate and optional; one module that has not declared support turns the lock back on.",
  },
  {
    ...claim("wrapper", "polyglot-2025", "The Python around a fast model can become the bottleneck."),
    test: "Each benchmark parts the time of the wrapper from the time of the model.",
  },
  claim(
    "only-tool",
    "polyglot-2025",
    "Python as the only tool puts performance, scale and specialists at risk.",
  ),
];

function claim(id: string, source: string, text: string): Claim {
  return { id, source, text, status: "unverified", evidence: [], test: null };
}
