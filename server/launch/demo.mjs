// `npm run demo`: unattended, from the example brief to a measured verdict.
import { build } from "./build.mjs";
import { findUv } from "./find-tools.mjs";
import { install } from "./install.mjs";
import { run, Stop, say } from "./say.mjs";
import { checkPlace, prepareData, readPlace, serve } from "./serve.mjs";

await run(async () => {
  const place = readPlace();
  await checkPlace(place);
  install();
  findUv();
  build();
  prepareData(place);
  const running = await serve(place);
  try {
    const address = await walk(running.url);
    say(`\nThe dossier: ${address}`);
    if (!process.stdout.isTTY) {
      say("`npm start` serves it again.");
      return;
    }
    say("Ctrl-C stops everything.");
    await Promise.race([new Promise((resolve) => process.once("SIGINT", resolve)), running.ended]);
  } finally {
    await running.stop();
  }
  process.exit(process.exitCode ?? 0);
});

/** The journey through the same procedures the pages call. @param {string} url @returns {Promise<string>} */
async function walk(url) {
  const api = client(url);
  const stamp = new Date().toISOString().slice(0, 19).replace("T", " ");
  const project = await api.post("brief.createProject", {
    name: `Support answers, demo ${stamp}`,
    presetId: "rag_support",
  });
  const projectId = project.id;
  say(`Brief      ${project.name}: the answers of the support preset`);

  const { decision } = await api.get("decision.read", { projectId });
  for (const { layer, pick } of decision.layers) if (pick) say(`Decision   ${layer}: ${pick}`);

  const startDate = new Date().toISOString().slice(0, 10);
  await api.post("plan.saveDates", { projectId, startDate, holidays: [], version: null });
  say(`Plan       ten working days from ${startDate}`);

  const scaffold = await api.post("scaffold.handOut", { projectId });
  say(`Pilot      rag ${scaffold.templateVersion}, archive sha256 ${scaffold.archiveSha256.slice(0, 12)}`);

  const { job } = await api.post("jobs.start", { projectId, preset: "quick", dataSet: "bundled" });
  const runId = await untilDone(api, projectId, job.id);
  const { run } = await api.get("reports.read", { projectId, runId });
  for (const { metric, verdict, reason } of run.verdicts) say(`Verdict    ${metric}: ${verdict}. ${reason}`);

  const { offers } = await api.get("reports.offers", { projectId, runId });
  if (offers.length > 0) {
    const questionIds = offers.map((/** @type {{questionId: string}} */ offer) => offer.questionId);
    const { changes } = await api.post("reports.acceptOffers", { projectId, runId, questionIds });
    for (const { name, before, after } of changes) say(`Changed    ${name}: ${before}, now ${after}`);
    if (changes.length === 0) say("Changed    no pick; the measured answers stand in the brief");
  }
  return `${url}/projects/${projectId}/dossier`;
}

/** @param {ReturnType<typeof client>} api @param {string} projectId @param {string} jobId @returns {Promise<string>} its run */
async function untilDone(api, projectId, jobId) {
  let said = "";
  for (;;) {
    const { job } = (await api.get("jobs.current", { projectId })).latest;
    const line = `Benchmark  ${job.state}${job.phase ? `, ${job.phase}` : ""}`;
    if (line !== said) say(line);
    said = line;
    if (job.id === jobId && job.state === "succeeded") return job.runId;
    if (["failed", "cancelled"].includes(job.state)) {
      throw new Stop(70, `The benchmark was ${job.state}: ${job.error?.message ?? "no reason was given"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** @param {string} url */
function client(url) {
  const read = async (/** @type {Response} */ response) => {
    const body = await response.json();
    if (body.error) throw new Stop(70, body.error.message);
    return body.result.data;
  };
  return {
    get: async (/** @type {string} */ path, /** @type {unknown} */ input) =>
      read(await fetch(`${url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)),
    post: async (/** @type {string} */ path, /** @type {unknown} */ input) =>
      read(
        await fetch(`${url}/api/trpc/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(input),
        }),
      ),
  };
}
