// Starts a pilot's server and asks it what its configuration promises.
import { spawn } from "node:child_process";
import { HIDDEN_QUESTION } from "./configure-pilot.mjs";

const startMs = 120_000;

/**
 * @param {string} program @param {string} cwd @param {import("./configure-pilot.mjs").Row} row
 * @param {NodeJS.ProcessEnv} env @param {string} key
 * @returns {Promise<string | null>} what is wrong, or null
 */
export async function talkToPilot(program, cwd, row, env, key) {
  const child = spawn(program, ["run", "--port", "0", "--supervised"], {
    cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (piece) => (errors += piece));
  try {
    const port = await readPort(child);
    return await askAll(`http://127.0.0.1:${port}`, row, key);
  } catch (error) {
    return `${error instanceof Error ? error.message : error} ${errors.slice(-800)}`;
  } finally {
    child.stdin.end();
  }
}

/** @param {import("node:child_process").ChildProcessWithoutNullStreams} child @returns {Promise<number>} */
function readPort(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error("the server did not start in time")), startMs);
    child.stdout.on("data", (piece) => {
      text += piece;
      if (!text.includes("\n")) return;
      clearTimeout(late);
      resolve(JSON.parse(text.split("\n")[0]).port);
    });
    child.on("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code}`));
    });
  });
}

/** @param {string} url @param {import("./configure-pilot.mjs").Row} row @param {string} key */
async function askAll(url, row, key) {
  const closed = row.permissions === "audience";
  const post = async (
    /** @type {string} */ path,
    /** @type {object} */ body,
    headers = bearer(closed ? key : null),
  ) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    };
    const response = await fetch(url + path, init);
    return { status: response.status, text: await response.text() };
  };
  const staff = closed ? { audiences: ["staff"] } : {};
  const question = { question: HIDDEN_QUESTION, ...staff };

  const ready = await fetch(`${url}/ready`);
  if (ready.status !== 200) return `/ready says ${ready.status}: ${await ready.text()}`;
  if (closed && (await post("/ask", question, {})).status !== 401)
    return "a caller without the key was let in";

  const first = await post("/ask", question);
  if (first.status !== 200) return `/ask says ${first.status}: ${first.text}`;
  const answer = JSON.parse(first.text);
  if (answer.documents.length === 0) return "/ask found nothing";
  const again = JSON.parse((await post("/ask", question)).text);
  if (again.fromCache !== row.cacheEntries > 0) return `fromCache is ${again.fromCache}`;

  const streamed = await post("/ask/stream", question);
  if (!streamed.text.trimEnd().endsWith("event: done\ndata: {}"))
    return `the stream ends with ${streamed.text.slice(-300)}`;

  const followUp = { ...question, history: [{ question: HIDDEN_QUESTION, answer: "Yes." }] };
  const told = await post("/ask", followUp);
  if (told.status !== (row.historyTurns > 0 ? 200 : 400)) return `history says ${told.status}: ${told.text}`;

  if (closed) {
    const seen = [(await post("/ask", question)).text, (await post("/retrieve", question)).text].join();
    const guest = { question: HIDDEN_QUESTION, audiences: ["guests"] };
    const others = [(await post("/ask", guest)).text, (await post("/retrieve", guest)).text].join();
    if (!seen.includes("a068")) return "staff do not find their page";
    if (others.includes("a068")) return "a guest found the page of the staff";
    if ((await post("/ask", { question: HIDDEN_QUESTION })).status !== 400)
      return "nobody in particular was answered";
  }
  const metrics = await fetch(`${url}/metrics`, { headers: bearer(closed ? key : null) });
  return (await metrics.text()).includes("pilot_requests_total") ? null : "/metrics holds no figures";
}

/** @param {string | null} key @returns {Record<string, string>} */
function bearer(key) {
  return key === null ? {} : { authorization: `Bearer ${key}` };
}
