// `npm test`: everything, on a machine that has only Node, Python and a package manager.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { findBrowser, findUv } from "./find-tools.mjs";
import { install, root } from "./install.mjs";
import { run, say } from "./say.mjs";
import { installPostgres } from "./start-postgres.mjs";

const out = mkdtempSync(join(tmpdir(), "pilotage-results-"));
const counts = { passed: 0, failed: 0, skipped: 0 };
const long = process.argv.includes("--long");

await run(async () => {
  install();
  if (!process.env.PILOTAGE_EVAL_DATA)
    say("SKIPPED LOUDLY: PILOTAGE_EVAL_DATA is not set, so nothing is measured on real evaluation sets.");
  if (!process.env.PILOTAGE_VECTORS)
    say("SKIPPED LOUDLY: PILOTAGE_VECTORS is not set, so the shared numeric vectors are not run.");
  if (!installPostgres())
    say(
      "SKIPPED LOUDLY: PostgreSQL is neither installed nor installable here; store tests run on SQLite only.",
    );

  if (long) {
    vitest("long suite", ["--project", "long"]);
    optionalParts(
      "rag",
      ["graph", "pdf", "pgvector", "weaviate", "qdrant", "pinecone", "neural"],
      [],
      buildWeaviate("rag"),
    );
    pilotMatrix("every configuration of the pilot", ["--all"]);
    pilotTests("mlops", ["-m", "long"]);
  } else {
    checkStep("format and lint", ["node_modules/@biomejs/biome/bin/biome", "ci", "."]);
    checkStep("route types", ["node_modules/next/dist/bin/next", "typegen"]);
    checkStep("types", ["node_modules/typescript/bin/tsc", "--noEmit"]);
    vitest("unit tests", ["--project", "unit"]);
    vitest("store tests", ["--project", "store"]);
    pilotTests("rag");
    pilotTests("clinic");
    pilotTests("mlops");
    optionalParts("mlops", ["postgres"], ["postgres"]);
    optionalParts(
      "rag",
      ["graph", "pdf", "pgvector", "qdrant"],
      ["stores", "equivalence", "graph", "ingest_folder"],
    );
    pilotMatrix("two configurations of the pilot", []);
    step("build", () => {
      build();
      return { passed: 1, failed: 0, skipped: 0 };
    });
    browserTests();
  }
  rmSync(out, { recursive: true, force: true });
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  say(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
  if (counts.failed > 0) process.exitCode = 1;
});

/** @param {string} name @param {() => typeof counts} work */
function step(name, work) {
  const started = Date.now();
  say(`\n== ${name}`);
  let result;
  try {
    result = work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    result = { passed: 0, failed: 1, skipped: 0 };
  }
  for (const key of /** @type {const} */ (["passed", "failed", "skipped"])) counts[key] += result[key];
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  say(`   ${name}: ${result.passed} ok, ${result.failed} not ok, ${result.skipped} not run, ${seconds} s`);
}

/** One check that passes or fails as a whole. @param {string} name @param {string[]} args */
function checkStep(name, args) {
  step(name, () => {
    const ok = node(args).status === 0;
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  });
}

/** @param {string} name @param {string[]} args */
function vitest(name, args) {
  step(name, () => {
    const file = join(out, `${name.replaceAll(" ", "-")}.json`);
    const child = node([
      "node_modules/vitest/vitest.mjs",
      "run",
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]);
    if (!existsSync(file)) throw new Error("vitest wrote no result");
    const result = JSON.parse(readFileSync(file, "utf8"));
    // A file that fails to load has no failed test; it must not pass unseen.
    const failed = result.numFailedTests + (child.status !== 0 && result.numFailedTests === 0 ? 1 : 0);
    return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests };
  });
}

/** @param {string} template @param {string[]} [more] for pytest */
function pilotTests(template, more = []) {
  const cwd = join(root, "pilot-templates", template);
  const uv = findUv();
  for (const [name, args] of /** @type {[string, string[]][]} */ ([
    ["environment", ["sync", "--frozen", "--quiet"]],
    ["ruff", ["run", "--frozen", "ruff", "check", "."]],
    ["ruff format", ["run", "--frozen", "ruff", "format", "--check", "."]],
    ["mypy", ["run", "--frozen", "mypy"]],
  ])) {
    step(`pilot ${template}: ${name}`, () => {
      const ok = spawnSync(uv, args, { cwd, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
    });
  }
  step(`pilot ${template}: pytest`, () =>
    readPytest(join(out, `${template}.xml`), (file) => {
      spawnSync(uv, ["run", "--frozen", "pytest", "-q", ...more, `--junitxml=${file}`], {
        cwd,
        stdio: ["ignore", "inherit", "inherit"],
      });
    }),
  );
}

/**
 * What the default environment leaves out, in an environment of its own: a real PostgreSQL with pgvector, the graph, PDF
 * pages. A package that this Python cannot install is said and skipped; the default environment has been tested before.
 *
 * @param {string} template @param {string[]} extras @param {string[]} files of tests/code; none: all of them
 * @param {Record<string, string>} [env]
 */
function optionalParts(template, extras, files, env = {}) {
  const cwd = join(root, "pilot-templates", template);
  const environment = join(root, ".tools", `${template}-${extras.join("-")}`);
  const tests = files.length === 0 ? ["tests/code"] : files.map((name) => `tests/code/test_${name}.py`);
  const options = {
    cwd,
    env: { ...process.env, ...env, UV_PROJECT_ENVIRONMENT: environment, HF_HUB_OFFLINE: "1" },
    stdio: /** @type {const} */ (["ignore", "inherit", "inherit"]),
  };
  step(`pilot ${template}: optional parts (${extras.join(", ")})`, () => {
    const wanted = extras.flatMap((extra) => ["--extra", extra]);
    const uv = findUv();
    if (
      spawnSync(uv, ["sync", "--frozen", "--quiet", "--group", "stores", ...wanted], options).status !== 0
    ) {
      say(`SKIPPED LOUDLY: ${extras.join(", ")} cannot be installed for this Python, so they were not run.`);
      return { passed: 0, failed: 0, skipped: 1 };
    }
    return readPytest(join(out, `${template}-optional.xml`), (file) => {
      const python = join(environment, "bin", "python");
      spawnSync(python, ["-m", "pytest", "-q", ...tests, `--junitxml=${file}`], options);
    });
  });
}

/** Weaviate's server from the Go module proxy, built once. @param {string} template @returns {Record<string, string>} */
function buildWeaviate(template) {
  const folder = join(root, ".tools", "weaviate");
  const script = join(root, "pilot-templates", template, "scripts", "build-weaviate.sh");
  const built = spawnSync("sh", [script, folder], { stdio: ["ignore", "inherit", "inherit"] }).status === 0;
  if (built) return { WEAVIATE_SERVER: join(folder, "weaviate-server") };
  say("SKIPPED LOUDLY: Weaviate's server cannot be built here (Go 1.25 or newer is needed).");
  return {};
}

/** @param {string} file @param {(file: string) => void} test */
function readPytest(file, test) {
  test(file);
  const suite = readFileSync(file, "utf8").match(/<testsuite [^>]*>/)?.[0] ?? "";
  const read = (/** @type {string} */ key) => Number(suite.match(new RegExp(`\\b${key}="(\\d+)"`))?.[1] ?? 0);
  const failed = read("failures") + read("errors");
  return { passed: read("tests") - failed - read("skipped"), failed, skipped: read("skipped") };
}

/** Each configuration handed out, unpacked and run. @param {string} name @param {string[]} args */
function pilotMatrix(name, args) {
  step(name, () => {
    const file = join(out, "matrix.json");
    const child = node(["server/launch/pilot-matrix.mjs", ...args, "--out", file]);
    if (!existsSync(file)) throw new Error(`the matrix ended with ${child.status} before it was through`);
    return JSON.parse(readFileSync(file, "utf8"));
  });
}

function browserTests() {
  step("browser tests", () => {
    const file = join(out, "browser.json");
    node(["node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"], {
      PILOTAGE_BROWSER: findBrowser(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(file, "utf8")).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
}

/** @param {string[]} args @param {Record<string, string>} [env] */
function node(args, env = {}) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0", NO_COLOR: "1", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
