import type { Requirement } from "./schema.ts";

/**
 * What an architecture pick asks of the team. Level 3 where the pick must be built and defended alone,
 * 2 where known patterns are enough (house). Policies stand in the same table under their rule id.
 */
export const LAYER_DEMANDS: Record<string, Requirement[]> = {
  go: [{ skillId: "S18", level: 3, importance: "must" }],
  containers_go_services: [{ skillId: "S18", level: 3, importance: "must" }],
  rust: [
    { skillId: "S17", level: 3, importance: "must" },
    { skillId: "S16", level: 3, importance: "must" },
  ],
  rust_pyo3: [
    { skillId: "S17", level: 3, importance: "must" },
    { skillId: "S16", level: 3, importance: "must" },
  ],
  rust_cpp_engine: [
    { skillId: "S17", level: 4, importance: "must" },
    { skillId: "S16", level: 3, importance: "must" },
  ],
  cpp_cuda_ops: [
    { skillId: "S17", level: 4, importance: "must" },
    { skillId: "S16", level: 3, importance: "must" },
  ],
  py_asyncio: [{ skillId: "S01", level: 2, importance: "must" }],
  py_numba: [{ skillId: "S16", level: 2, importance: "must" }],
  py_free_threaded: [{ skillId: "S01", level: 4, importance: "must" }],
  py_graph: [{ skillId: "S04", level: 3, importance: "must" }],
  hosted_api: [
    { skillId: "S08", level: 2, importance: "must" },
    { skillId: "S11", level: 2, importance: "must" },
  ],
  py_runtime_native: [
    { skillId: "S07", level: 2, importance: "must" },
    { skillId: "S11", level: 2, importance: "must" },
    { skillId: "S13", level: 2, importance: "must" },
  ],
  small_open_finetuned: [{ skillId: "S06", level: 3, importance: "must" }],
  managed_vector_db: [{ skillId: "S12", level: 3, importance: "must" }],
  self_hosted_vector_db: [{ skillId: "S12", level: 3, importance: "must" }],
  ts_onnx_wasm: [{ skillId: "S20", level: 3, importance: "must" }],
  onnx_edge: [{ skillId: "S20", level: 2, importance: "must" }],
  polars_duckdb: [{ skillId: "S09", level: 2, importance: "should" }],
  dask_spark: [{ skillId: "S23", level: 3, importance: "must" }],
  classic_ml: [
    { skillId: "S15", level: 2, importance: "must" },
    { skillId: "S14", level: 2, importance: "must" },
    { skillId: "S07", level: 2, importance: "must" },
  ],
  "POL-1": [{ skillId: "S22", level: 3, importance: "must" }],
};
