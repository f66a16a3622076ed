/**
 * Every statement of the four guides that asks something of this program, in their order, and its place here. One line
 * a row: id | kinds | topic | places. Kinds: Q question, R rule, T threshold, G guard, X comparison, CL claim; and,
 * held elsewhere, K skill, S component, C task, I interview, M metric, P reader. C1 to C23 are where the guides disagree.
 */
export const COVERAGE = `
A1 | R | Python as the default where it orchestrates | rule:API-1 rule:API-2 claim:lowest-risk
A2 | CL | Size of the pool of people | claim:talent-pool
A3 | S R | Libraries as the reason | question:ml_libs rule:API-1
A4 | X | Python orchestrates, compiled code computes | rule:HOT-2 lesson:ladder
A5 | Q R | Waiting apart from computing | question:bound rule:HOT-1 rule:HOT-3
A6 | C | Entry point with impact and little friction | preset:rag_support page:brief
A7 | K | Skills named by tool | skill:S04 skill:S09
A8 | T | Two weeks, ten working days | page:plan rule:API-9
A9 | P | Readers who decide | page:decision page:dossier
A10 | P | Readers who pay | page:plan page:team
A11 | P | Readers who hire and buy | page:team page:plan
A12 | T | Planning horizon of six to twelve months | question:corpus page:brief
A13 | M | Weeks from answers to pilot | page:plan
A14 | CL | Nearly always yes | claim:mostly-yes
A15 | Q R | Speed to market | question:goal rule:API-2
A16 | Q R | Physics engine from scratch | question:goal scenario:I rule:API-6
A17 | Q R | Existing libraries | question:ml_libs rule:API-1 rule:HOT-2
A18 | R | New algorithms get a native core under Python | rule:HOT-4 scenario:I
A19 | Q R | Waiting: asyncio | question:bound rule:HOT-1
A20 | Q R | Computing: native backends | question:bound rule:HOT-2 rule:HOT-4
A21 | R | The verdict names the answers behind it | page:decision
A22 | C | Blueprints with cost | page:plan
A23 | X | Stages from idea to operation | lesson:ladder
A24 | R | A further language costs handoffs | page:decision lesson:questions
A25 | C | Support assistant over private documents | preset:rag_support
A26 | R | Retrieval before tuning | rule:MOD-2
A27 | T | 100 000 documents | threshold:RET-2/corpus threshold:RET-3/corpus
A28 | S | FastAPI | option:api/py_fastapi
A29 | S | LangChain's three duties, model replaceable | option:orchestration/py_chain rule:ORC-1 rule:INF-1
A30 | S R | FAISS in memory | option:retrieval/faiss_in_process rule:RET-2
A31 | S R | Vector server beyond | option:retrieval/managed_vector_db option:retrieval/self_hosted_vector_db rule:RET-3
A32 | S | Container, cluster or serverless | option:platform/containers_python option:platform/serverless
A33 | M | Tickets and satisfaction, with a baseline | task:RAG-D1-2
A34 | M | Precision at k | task:RAG-D3-3 task:RAG-D5-1
A35 | M | Latency end to end | task:RAG-D5-1
A36 | T | Two to four weeks to production, not the pilot | claim:weeks-to-production risk:R-15
A37 | Q | Fraud model retrained every day | preset:daily_classifier question:cadence
A38 | R | Daily cadence demands a pipeline | rule:DAT-5 scenario:B
A39 | S | Airflow takes in | task:ML-D3-1
A40 | S | Polars transforms | option:data/polars_duckdb rule:DAT-2
A41 | S | Great Expectations checks | task:ML-D5-1
A42 | S | PyTorch trains | rule:MOD-1 task:ML-D5-2
A43 | S M | MLflow keeps the trail | task:ML-D5-2
A44 | R | The better challenger goes on | task:ML-D7-1 rule:POL-1
A45 | M | Reliable and auditable | task:ML-D10-1
A46 | R | One lock for all threads | rule:HOT-7 lesson:free_threading
A47 | G | Never “leave Python” as a whole verdict | page:decision
A48 | G | No rewrite without a profile | rule:HOT-8 claim:premature-optimisation
A49 | X | Processes beside native code | lesson:bottleneck
A50 | C | Diagnosis first | question:bound lesson:order
A51 | Q | What waiting means | question:bound
A52 | Q | What computing means | question:bound
A53 | G | Several processes do not shorten waiting | rule:HOT-1b
A54 | X | Three services asked at once | lesson:bottleneck claim:gather
A55 | X R | A hundred thousand images over processes | rule:HOT-3 scenario:G claim:near-linear
A56 | X R | One function in Rust | rule:HOT-4 scenario:H
A57 | C T | The fifty most viewed documents | task:RAG-D2-1
A58 | C K | A vacancy names tools | page:team
A59 | C T | Accuracy over 80 %, p95 under 2 s, 100 documents | task:RAG-D2-1 question:latency_ms page:benchmark
A60 | I | The first interview question | interview:Q01
A61 | C R | Container and tracking from the first day | task:RAG-D1-3 task:ML-D1-3
A62 | C | Three more entry points | preset:summarisation preset:internal_qa preset:data_classification
A63 | K | Need becomes skill | page:team
A64 | C | Vetted engineer, prototype, go or no-go | page:team page:benchmark
A65 | S | Watch list | lesson:watch
A66 | X | Python as the glue | lesson:languages
A67 | R | Frameworks are compiled underneath | rule:HOT-2 rule:INF-2
A68 | CL | Hours instead of weeks | claim:hours-not-weeks
A69 | K | Arrays and data frames | skill:S23
A70 | R X | Interpreter, types, lock | lesson:bottleneck rule:API-6
A71 | R | Compiled extensions do the work | rule:HOT-2 question:vectorisable
A72 | R CL | Numba | rule:HOT-5 option:hotpath/py_numba claim:orders-of-magnitude
A73 | X R | WebAssembly in browser and edge | option:client/ts_onnx_wasm rule:CLI-2
A74 | X | Easy to hire for | claim:talent-pool lesson:languages
A75 | X | Long-lived and paid for | lesson:questions
A76 | S R | Startup of three | question:team_size scenario:P
A77 | R | Vehicles, robots, trading | rule:API-6 rule:INF-5 question:hard_realtime scenario:J scenario:K
A78 | R | Engines in Rust with a Python face | option:inference/rust_cpp_engine rule:INF-6
A79 | M CL | Energy of training | claim:training-energy page:benchmark
A80 | R | Types off, warned, required | task:RAG-D8-3 lesson:questions
A81 | G K | Version conflicts | risk:R-06 skill:S19 rule:PLT-6
A82 | X K | Critical paths through foreign functions | skill:S17 lesson:languages
A83 | X | Own operations in C++ | option:hotpath/cpp_cuda_ops rule:HOT-9
A84 | X | Subsets compiled | lesson:watch
A85 | X | Assistants that write code | lesson:watch
A86 | X | Language comparison, Julia for simulation | lesson:languages rule:DAT-6 scenario:L
A87 | K | Learning path | skill:S15 skill:S23
A88 | G C | Profile; data structures before languages | rule:HOT-8 lesson:order question:profiled
A89 | K | Types towards production | skill:S19 task:RAG-D8-3
A90 | R | Advice expires | page:decision claim:obsolete
A91 | X | Too slow? | lesson:questions
A92 | X | Rust instead? | lesson:questions
A93 | X | Replaced in ten years? | lesson:questions
A94 | R T | Memory, larger than memory, cluster | rule:DAT-1 rule:DAT-2 rule:DAT-3 scenario:Q
A95 | X | Inference in the client | rule:CLI-3 scenario:M
A96 | CL | Share of job listings | claim:job-listings
A97 | P | Role of three trades | role:AIPE
A98 | M | Cost beside quality | question:usd_per_1k rule:MOD-7
A99 | K R | Silicon last | skill:S16 lesson:order
A100 | Q R | Pushed to the edge | question:residency question:target rule:CLI-3
A101 | X | Smaller special models | option:model/small_open_finetuned
A102 | Q R | Agents of many steps | preset:agent_workflow question:autonomy rule:ORC-2
A103 | R CL | The lock is gone | rule:HOT-6 rule:HOT-7 claim:no-lock
A104 | G K | No loops, no collisions | rule:POL-2 risk:R-04 skill:S04
A105 | R | State management | rule:ORC-3 rule:ORC-5
A106 | R | Tune open models, keep the data | rule:MOD-3 rule:MOD-5
A107 | CL | Growth until 2028 | claim:market-growth
A108 | M R | Lowest cost per query at the quality floor | rule:MOD-4 rule:MOD-7 question:monthly_q
A109 | X | Models with few parameters | option:model/small_open_finetuned option:model/hybrid_router
A110 | X | Applications stitch tools | lesson:ladder
A111 | M G | Silent failure | risk:R-01 note:model-wrong
A112 | K | Strict validation | skill:S02 task:RAG-D4-2
A113 | K | Quality watched in operation | skill:S21 task:RAG-D9-2
A114 | S M | Streaming hides retrieval time | task:RAG-D4-3
A115 | S | Caches beside the vectors | task:RAG-D8-2
A116 | K | Master of async | skill:S01
A117 | Q G | Old synchronous frameworks | question:legacy_sync rule:API-10 risk:R-07 scenario:S
A118 | K | Compressed for small devices | skill:S20 note:inference-device
A119 | G | Injection and leaks | risk:R-02 risk:R-03 task:RAG-D7-1
A120 | S | Lists of controls | note:orchestration-injection
A121 | S G | Stopped before the core | task:RAG-D7-1 note:orchestration-injection
A122 | Q | Personal and regulated data | question:sensitivity rule:MOD-6
A123 | C | Protected in training and use | task:RAG-D7-2 task:ML-D1-4
A124 | K | Anonymise, grant access | skill:S22
A125 | M | Transparent and repeatable | task:ML-D10-1 page:dossier
A126 | C | Logs explain a decision | task:ML-D6-2
A127 | P | Auditors | page:dossier
A128 | G | Code that repairs itself | lesson:watch
A129 | P | People set the constraints | role:AIPE
A130 | R | From pandas to Polars and DuckDB | rule:DAT-0 rule:DAT-2
A131 | X | Small teams tune | option:model/small_open_finetuned
A132 | Q R | Local and private | question:residency rule:INF-3 rule:MOD-3
A133 | K | The ten skills | skill:S01 skill:S02 skill:S03 skill:S04 skill:S05 skill:S06 skill:S07 skill:S08 skill:S09 skill:S10
A134 | K | Economic awareness | skill:S11
A135 | C | From research to operation | task:RAG-D10-2
A136 | CL | Fewer outages | claim:fewer-outages
A137 | CL | Two fifths less latency | claim:latency-forty
A138 | CL | Small models are economic | claim:small-models
A139 | C | Security early | task:RAG-D1-4
A140 | P | Disciplined and about the product | page:plan
A141 | Q | Latency as a competition | question:latency_ms
A142 | X | Prototype in Python, then Rust or Go | lesson:ladder
A143 | R | Measure the wrapper too | rule:API-11 rule:API-12 question:wrapper_share_pct
A144 | T G | Millions of requests a day | threshold:API-7/requests_per_day scenario:N
A145 | R | Go and Rust for concurrency | option:api/go option:api/rust rule:API-4
A146 | G K | Drift of environments | risk:R-06 rule:PLT-6 note:platform-drift
A147 | G | A container hides drift | rule:PLT-6
A148 | R CL | The wrapper as the bottleneck | rule:API-5 rule:API-11 claim:wrapper scenario:Z
A149 | R X | Language per layer | rule:INF-6 rule:PLT-3 rule:CLI-2 lesson:languages
A150 | P | The right tool at the right layer | page:decision
A151 | R CL | Three risks of an only tool | note:api-wrapper note:api-load note:data-community claim:only-tool question:langs
A152 | X R | Four-stage ladder | lesson:ladder rule:INF-4
A153 | P | In layers, in parts, per use | page:decision
A154 | R | Python for research and prototypes | rule:API-2 rule:DAT-0
A155 | R | Older than the other guides | page:decision
C1 | R | The lock: off only when every dependency says so | rule:HOT-7 rule:HOT-7b lesson:free_threading
C2 | R | No verdict for a project, one per layer, and a price per language | page:decision
C3 | R | asyncio inside, graphs for agents, Go between services | rule:HOT-1 rule:ORC-2 rule:PLT-3
C4 | R | Processes for independent chunks only, with a measured curve | rule:HOT-3 rule:HOT-1b
C5 | R | A chain where the path is fixed, a graph where the model chooses it | rule:ORC-1 rule:ORC-5
C6 | R | pandas stays where it works and the data are small | rule:DAT-4 rule:DAT-2
C7 | R | Hosted for the pilot, smaller once the volume pays for it | rule:MOD-2 rule:MOD-4
C8 | R | Knowledge is retrieved, behaviour is tuned | rule:MOD-2 rule:MOD-5
C9 | R | The store follows size, tenants and where the data may be | rule:RET-3 rule:RET-4 rule:RET-5
C10 | R | Rust at three scopes with three bars of evidence | rule:HOT-4 rule:INF-6 rule:INF-5
C11 | R | An order of optimising; each step needs the number of the one before | lesson:order rule:HOT-8
C12 | R | Types by day of the pilot | task:RAG-D8-3
C13 | T | Fifty, a hundred and a hundred thousand documents are three things | task:RAG-D2-1 threshold:RET-3/corpus
C14 | R | A pilot ends in a gate, not in production | risk:R-15 page:benchmark
C15 | R | Coverage of skills says whether one person is enough | page:team
C16 | R | Classification and forecast are two kinds | question:project note:model-rare task:ML-D1-2
C17 | R | A metric win and a named approval where it is regulated | rule:POL-1
C18 | R | Somebody receives it, even the same team | task:RAG-D10-2
C19 | R | Autonomy caps what acts without approval | question:autonomy rule:POL-2
C20 | R | Target and residency decide the client | rule:CLI-1 rule:CLI-4
C21 | R | The container is the unit, Go where load and team call for it | rule:PLT-1 rule:PLT-3
C22 | R | Container and lock file and digest | rule:PLT-6
C23 | R | Evidence has a date, every rule expires | page:decision
`;
