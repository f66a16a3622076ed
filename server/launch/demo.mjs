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
});

/** The journey through the same procedures the pages call. @param {string} url @returns {Promise<string>} */
async function walk(url) {
  const api = client(url);
  const stamp = new Date().toISOString().slice(0, 16).replace("T", " ");
  const project = await api.post("brief.createProject", {
    name: `Support answers, demo ${stamp}`,
    presetId: "rag_support",
  });
  const projectId = project.id;
  say(`Brief      ${project.name}`);

  const before = await api.get("decision.read", { projectId });
  say(`Decision   ${picks(before).join(", ")}`);

  const today = new Date().toISOString().slice(0, 10);
  await api.post("plan.setStart", { projectId, startDate: today, holidays: [], version: 0 });
  say(`Plan       ten working days from ${today}`);

  const scaffold = await api.post("scaffold.handOut", { projectId });
  say(`Pilot      rag ${scaffold.templateVersion}, sha256 ${scaffold.archiveSha256.slice(0, 12)}`);

  const job = await api.post("jobs.start", { projectId, preset: "quick", dataSet: "bundled" });
  const done = await untilDone(api, projectId, job.id);
  const { verdicts } = await api.get("reports.read", { projectId, runId: done.runId });
  for (const { metric, verdict, reason } of verdicts) say(`Verdict    ${metric}: ${verdict}. ${reason}`);

  const offers = await api.get("reports.offers", { projectId, runId: done.runId });
  const questionIds = offers.map((/** @type {{questionId: string}} */ offer) => offer.questionId);
  if (questionIds.length > 0) {
    await api.post("reports.acceptOffers", { projectId, runId: done.runId, questionIds });
    const after = await api.get("decision.read", { projectId });
    const changed = picks(after).filter((pick) => !picks(before).includes(pick));
    say(
      `Changed    ${changed.length > 0 ? changed.join(", ") : "no pick"} (measured: ${questionIds.join(", ")})`,
    );
  }
  return `${url}/projects/${projectId}/dossier`;
}

/** @param {{layers: {layer: string, pick: string | null, status: string}[]}} decision */
function picks(decision) {
  return decision.layers.filter(({ pick }) => pick).map(({ layer, pick }) => `${layer} ${pick}`);
}

/** @param {ReturnType<typeof client>} api @param {string} projectId @param {string} jobId */
async function untilDone(api, projectId, jobId) {
  let said = "";
  for (;;) {
    const job = await api.get("jobs.current", { projectId });
    const line = `Benchmark  ${job.state}${job.phase ? `, ${job.phase}` : ""}${job.total ? ` ${job.done} of ${job.total}` : ""}`;
    if (line !== said) say(line);
    said = line;
    if (job.id === jobId && job.state === "succeeded") return job;
    if (["failed", "cancelled"].includes(job.state))
      throw new Stop(70, `The benchmark ${job.state}: ${job.error?.message ?? ""}`);
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
