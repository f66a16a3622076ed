// The options of the RAG pilot that its matrix tries together, and what each means in pilot.json and on the disk.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const OPTIONS = /** @type {const} */ ({
  mode: ["hybrid", "bm25", "dense"],
  fusion: ["convex", "rrf"],
  store: ["faiss_exact", "faiss_hnsw", "torch", "pgvector", "weaviate"],
  answer: ["extractive", "endpoint"],
  orchestration: ["chain", "graph"],
  permissions: ["off", "audience"],
  injection: ["flag", "off", "drop"],
  personalData: ["mask", "off"],
  cacheEntries: [0, 50],
  historyTurns: [0, 4],
  data: ["beir", "folder"],
});

/** @typedef {{ [Kind in keyof typeof OPTIONS]: (typeof OPTIONS)[Kind][number] }} Row */

/** Only "staff" may read this page of the bundled set. */
export const HIDDEN_PAGE = "a068";
export const HIDDEN_QUESTION = "Do mattresses have a return window of their own?";

/** @param {Row} row */
export function nameOf(row) {
  const parts = [row.mode, row.fusion, row.store, row.answer, row.orchestration, row.data];
  if (row.permissions === "audience") parts.push("permissions");
  parts.push(`injection_${row.injection}`);
  if (row.personalData === "mask") parts.push("mask");
  if (row.cacheEntries > 0) parts.push("cache");
  if (row.historyTurns > 0) parts.push("history");
  return parts.join("-");
}

/** Packages beyond the default ones. @param {Row} row @returns {string[]} */
export function extrasOf(row) {
  const extras = [];
  if (row.store === "torch") extras.push("neural");
  if (row.store === "pgvector" || row.store === "weaviate") extras.push(row.store);
  if (row.orchestration === "graph") extras.push("graph");
  if (row.data === "folder") extras.push("html");
  return extras;
}

/** @param {any} config @param {Row} row @param {string} modelUrl */
export function configure(config, row, modelUrl) {
  const endpoint = row.answer === "endpoint";
  return {
    ...config,
    data: { path: "sample" },
    workload: {
      ...config.workload,
      arrivalsPerSecond: 10,
      runs: 2,
      requestsPerRun: 10,
      warmupRequests: 2,
      timeoutSeconds: 60,
    },
    retrieval: {
      ...config.retrieval,
      mode: row.mode,
      fusion: row.fusion,
      store: row.store,
      permissions: row.permissions,
    },
    answer: {
      ...config.answer,
      mode: endpoint ? "openai_compatible" : "extractive",
      model: endpoint ? "stand-in" : null,
      baseUrl: endpoint ? modelUrl : null,
      orchestration: row.orchestration,
      cacheEntries: row.cacheEntries,
      historyTurns: row.historyTurns,
    },
    guard: { injection: row.injection, personalData: row.personalData },
    serve: { ...config.serve, apiKeyVariable: row.permissions === "audience" ? "PILOT_API_KEY" : null },
  };
}

/** So many golden questions: enough that every step has something to do. */
const questions = 20;

/**
 * The bundled pages under `sample/`, in one file or each in its own, one of them hidden where permissions are on.
 * @param {string} pilot @param {Row} row
 */
export function writeSample(pilot, row) {
  const read = (/** @type {string} */ name) =>
    readFileSync(join(pilot, "data", name), "utf8")
      .trim()
      .split("\n");
  const folder = join(pilot, "sample");
  const write = (/** @type {string} */ name, /** @type {string[]} */ lines) =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  mkdirSync(folder);
  const pages = read("corpus.jsonl").map((line) => JSON.parse(line));
  const hidden = row.permissions === "audience" ? { metadata: { audiences: ["staff"] } } : {};
  write("queries.jsonl", read("queries.jsonl").slice(0, questions));
  if (row.data === "beir") {
    write(
      "corpus.jsonl",
      pages.map((page) => JSON.stringify(page._id === HIDDEN_PAGE ? { ...page, ...hidden } : page)),
    );
    write("qrels.tsv", read("qrels.tsv"));
    return;
  }
  const names = new Map(pages.map(({ _id }, at) => [_id, `${_id}.${["md", "html", "txt"][at % 3]}`]));
  for (const { _id, title, text } of pages)
    write(names.get(_id) ?? "", [writePage(names.get(_id) ?? "", title, text)]);
  if (row.permissions === "audience")
    write("metadata.jsonl", [JSON.stringify({ _id: names.get(HIDDEN_PAGE), ...hidden })]);
  write(
    "qrels.tsv",
    read("qrels.tsv").map((line) => line.replace(/\ta\d+\t/, (id) => `\t${names.get(id.trim())}\t`)),
  );
}

/** @param {string} name @param {string} title @param {string} text */
function writePage(name, title, text) {
  if (name.endsWith(".html")) {
    const safe = (/** @type {string} */ said) => said.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<!doctype html><meta charset="utf-8"><title>${safe(title)}</title><main><p>${safe(text)}</p></main>`;
  }
  return name.endsWith(".md") ? `# ${title}\n\n${text}` : text;
}
