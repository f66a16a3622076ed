import type { Lesson } from "./schema.ts";

/** What the guides teach beside the rules, as tables to read and to argue with. */
export const LESSONS: Lesson[] = [
  {
    id: "bottleneck",
    title: "Does it wait or does it compute?",
    reading: "Diagnose first. Each strategy helps one kind of bottleneck and harms the others.",
    columns: ["Bottleneck", "You see", "Strategy", "Don't"],
    rows: [
      [
        "Waiting for networks and disks",
        "Processor under half busy",
        "asyncio: many waits in one thread",
        "Several processes: more to run, the same waiting",
      ],
      [
        "Computing in libraries",
        "Processor busy inside NumPy, Polars, PyTorch",
        "Native libraries: keep the work in their calls",
        "Loops of your own over their elements",
      ],
      [
        "Independent chunks that no array operation covers",
        "One core busy, the others idle",
        "multiprocessing: large chunks, measured curve",
        "Threads under the lock; small chunks",
      ],
      [
        "Numeric loops",
        "A profile names the loop",
        "Numba: compiled in place",
        "A new language before a profile",
      ],
      [
        "Shared state over threads",
        "Processes would copy the state",
        "Free-threaded build, when every dependency allows it",
        "One undeclared dependency: the lock is back",
      ],
      [
        "One function with most of the time",
        "40 % or more in the profile",
        "Rust through PyO3 for that function",
        "Rewriting what the profile does not name",
      ],
    ],
    sources: ["roadmap-2026", "why-python-2026", "ten-skills-2026"],
  },
  {
    id: "order",
    title: "In this order",
    reading: "A step opens when the one before it has a recorded measurement.",
    columns: ["Step", "What is done", "Proof before the next"],
    rows: [
      ["1", "Diagnose: waiting or computing", "A profile or a stage timing"],
      ["2", "Better algorithm, better data structure", "The same measurement, again"],
      ["3", "Array and column operations", "The same measurement, again"],
      ["4", "Numba or processes", "Speed-up curve"],
      [
        "5",
        "Native extension, own operation, own engine",
        "The profile names one function, or the target is missed at the load that matters",
      ],
    ],
    sources: ["why-python-2026", "roadmap-2026"],
  },
  {
    id: "languages",
    title: "Languages beside each other",
    reading: "No language wins a project; each has layers it is best for.",
    columns: ["Language", "Strong in", "Weak in", "Best for"],
    rows: [
      [
        "Python",
        "Libraries, people, speed of change",
        "Raw speed, threads, drift of versions",
        "Orchestration, data, training, prototypes",
      ],
      [
        "C++",
        "Speed, hardware, inference runtimes",
        "Safety, time to build",
        "Engines, own operations, devices",
      ],
      [
        "Rust",
        "Speed with safety",
        "Fewer libraries, steep start",
        "The hot function, inference paths, engines",
      ],
      [
        "Go",
        "Concurrency, small services",
        "Numerics, model libraries",
        "Infrastructure and services around the model",
      ],
      ["Julia", "Numerics close to the formula", "Smaller community", "Heavy numerical simulation only"],
      ["TypeScript", "Browser and edge", "Numerics, training", "Clients and inference in the browser"],
    ],
    sources: ["why-python-2026", "polyglot-2025"],
  },
  {
    id: "ladder",
    title: "Built in layers",
    reading: "Each stage has its tools; nothing is rewritten before its stage has a number.",
    columns: ["Stage", "Tools", "Ready for the next when"],
    rows: [
      ["Prototype", "Python", "The pilot's quality target is passed"],
      [
        "Optimise",
        "Native libraries, Numba, Rust for the hot function",
        "The latency target is passed at the load that matters",
      ],
      [
        "Deploy",
        "Containers; Go for services around the model where load and team call for it",
        "Lock file, image digest, runbook",
      ],
      ["Integrate", "ONNX, Docker, browser runtimes", "The same answers on the target device"],
    ],
    sources: ["polyglot-2025", "why-python-2026"],
  },
  {
    id: "free_threading",
    title: "Free threading, dependency by dependency",
    reading: "One dependency that has not declared support decides for the whole process.",
    columns: ["Part", "State", "Seen"],
    rows: [
      ["CPython", "Supported as a separate, optional build since 3.14", "PEP 779, 16 Jun 2025"],
      ["FAISS", "No wheels for the free-threaded build", "facebookresearch/faiss #5418, open, Jul 2026"],
      ["tokenizers", "Not marked as compatible", "huggingface/tokenizers #1784, open, Jul 2026"],
      [
        "Any module without a declaration",
        "Turns the lock back on with a warning only",
        "cedar-py #110, 2026",
      ],
      [
        "Your pilot",
        "Each report says whether the lock was on after the imports",
        "benchmark, answer “lock turned on again”",
      ],
    ],
    sources: ["pep-779", "faiss-5418", "tokenizers-1784", "cedar-py-110"],
  },
  {
    id: "questions",
    title: "Asked in every meeting",
    reading: "Short answers, each with a layer to look at.",
    columns: ["Question", "Answer", "Look at"],
    rows: [
      [
        "Is Python too slow?",
        "Where it orchestrates compiled libraries, no. Where it computes itself, measure, then replace that part.",
        "Hot path",
      ],
      [
        "Rust instead of Python?",
        "For engines and hot functions, yes. For the whole of an AI product, rarely. Many people learn both.",
        "API, hot path, inference",
      ],
      [
        "Will Python be replaced?",
        "Not by a date anybody knows. That is why every rule here has one.",
        "Rules, expiry",
      ],
      [
        "Do types slow us down?",
        "Off in the first days, warnings until day 8, required at handoff.",
        "Plan, task RAG-D8-3",
      ],
      [
        "Does one language save handoffs?",
        "Yes. Each further language costs days a month; the decision page counts them.",
        "Languages and their price",
      ],
    ],
    sources: ["why-python-2026", "roadmap-2026"],
  },
  {
    id: "watch",
    title: "Watched, not recommended",
    reading: "Named by the guides. No rule picks them yet.",
    columns: ["What", "Why it is watched", "What would change that"],
    rows: [
      ["Mojo", "Python-like, compiled", "A library that your stack needs, released for it"],
      [
        "Compiling parts of Python to WebAssembly or machine code",
        "One source for server and client",
        "A pilot that runs unchanged in both",
      ],
      [
        "Code that repairs and deploys itself",
        "Less waiting for people",
        "Nothing: a person approves what ships",
      ],
      ["Assistants that write boilerplate", "Faster first drafts", "Your own estimates before and after"],
    ],
    sources: ["roadmap-2026", "why-python-2026", "ten-skills-2026"],
  },
];
