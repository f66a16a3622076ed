import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import * as z from "zod";
import type { RaySettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** A cluster that is well answers within milliseconds; an upload of some megabytes may take longer. */
const answerMs = 15_000;
const uploadMs = 5 * 60_000;
/** A packed report of the largest allowed size in base64, with its log. */
const answerLimitBytes = 128 * 1024 * 1024;

const Version = z.object({ ray_version: z.string().min(1).max(60) });
const RayStatus = z.enum(["PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"]);
export type RayStatus = z.infer<typeof RayStatus>;
const JobInfo = z.object({ status: RayStatus, message: z.string().nullish() });
export type RayJobInfo = { status: RayStatus; message: string };
const JobLogs = z.object({ logs: z.string() });

export type RaySubmission = {
  submissionId: string;
  entryPoint: string;
  packageUri: string;
  /** For the entry point alone; they are readable by whoever holds the cluster's token. */
  variables: Record<string, string>;
  gpus: number;
  metadata: Record<string, string>;
};

/** The part of Ray's Jobs API that is used here (https://docs.ray.io, "Ray Jobs REST API"). */
export type RayCluster = {
  /** @throws PilotageError RAY_OPEN, RAY_TOKEN_REFUSED, RAY_VERSION, RAY_WRONG_ADDRESS, RAY_UNREACHABLE, RAY_SLOW */
  check: () => Promise<void>;
  /** Sends a package once; its name is its content. */
  upload: (sha256: string, bytes: Uint8Array) => Promise<string>;
  /** Submitting the same id again changes nothing: a lost answer must not start a second job. */
  submit: (job: RaySubmission) => Promise<void>;
  /** Null = the cluster does not know it. */
  read: (submissionId: string) => Promise<RayJobInfo | null>;
  /** Everything the entry point printed so far. */
  readLog: (submissionId: string) => Promise<string>;
  /** Asks it to stop; false = the cluster does not know it. */
  stop: (submissionId: string) => Promise<boolean>;
};

export function openRayCluster(settings: RaySettings, waitMs = answerMs): RayCluster {
  type Call = { body?: Uint8Array; token?: boolean; limitMs?: number };
  async function call(method: string, path: string, options: Call = {}): Promise<Answer> {
    const { body, token = true, limitMs = waitMs } = options;
    const headers = {
      ...(token ? { Authorization: `Bearer ${settings.token}` } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json", "Content-Length": body.length }),
    };
    return send(`${settings.address}${path}`, { method, headers, body, limitMs }).catch((thrown) => {
      throw explainSilence(thrown, settings, limitMs);
    });
  }
  function ask<T>(shape: z.ZodType<T>, { status, text }: Answer): T {
    if (status === 401 || status === 403) throw refuse("RAY_TOKEN_REFUSED", settings);
    if (status >= 500) throw refuse("RAY_FAILED", settings, text);
    const parsed = status === 200 ? shape.safeParse(parseJson(text)) : null;
    if (!parsed?.success) throw refuse("RAY_WRONG_ADDRESS", settings);
    return parsed.data;
  }
  const at = (submissionId: string) => `/api/jobs/${encodeURIComponent(submissionId)}`;
  const read = async (submissionId: string): Promise<RayJobInfo | null> => {
    const answer = await call("GET", at(submissionId));
    if (answer.status === 404) return null;
    const { status, message } = ask(JobInfo, answer);
    return { status, message: message ?? "" };
  };
  return {
    check: async () => {
      const { ray_version: found } = ask(Version, await call("GET", "/api/version"));
      const open = await call("GET", "/api/jobs/", { token: false });
      if (open.status === 200) throw refuse("RAY_OPEN", settings);
      if (found !== settings.version) {
        const message = say("RAY_VERSION.said", { found: found.slice(0, 60), pinned: settings.version });
        throw new PilotageError("unavailable", "RAY_VERSION", message, { hint: say("RAY_VERSION.hint") });
      }
    },
    upload: async (sha256, bytes) => {
      const name = `_ray_pkg_${sha256.slice(0, 32)}.zip`;
      const path = `/api/packages/gcs/${name}`;
      const known = await call("GET", path);
      if (known.status !== 200) {
        const sent = await call("PUT", path, { body: bytes, limitMs: Math.max(waitMs, uploadMs) });
        if (sent.status !== 200) throw refuse("RAY_FAILED", settings, sent.text);
      }
      return `gcs://${name}`;
    },
    submit: async (job) => {
      const body = JSON.stringify({
        submission_id: job.submissionId,
        entrypoint: job.entryPoint,
        // A whole core is asked for, so that the job runs where one is free and not always on the head node.
        entrypoint_num_cpus: 1,
        ...(job.gpus > 0 ? { entrypoint_num_gpus: job.gpus } : {}),
        runtime_env: { working_dir: job.packageUri, env_vars: job.variables },
        metadata: job.metadata,
      });
      const { status, text } = await call("POST", "/api/jobs/", {
        body: new TextEncoder().encode(body),
        limitMs: 4 * waitMs,
      });
      if (status === 200 || (await read(job.submissionId)) !== null) return;
      throw refuse("RAY_FAILED", settings, text);
    },
    read,
    readLog: async (submissionId) =>
      ask(JobLogs, await call("GET", `${at(submissionId)}/logs`, { limitMs: 4 * waitMs })).logs,
    stop: async (submissionId) => (await call("POST", `${at(submissionId)}/stop`)).status === 200,
  };
}

type Answer = { status: number; text: string };
type Sending = {
  method: string;
  headers: Record<string, string | number>;
  body: Uint8Array | undefined;
  limitMs: number;
};

/**
 * Node's own client and not `fetch`: Ray takes the headers that `fetch` adds for those of a browser and refuses to be
 * written to. It also follows no redirect, so the token goes to the address the operator named and to no other.
 */
function send(address: string, { method, headers, body, limitMs }: Sending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = address.startsWith("https:") ? requestTls : requestPlain;
    const call = request(address, { method, headers, signal: AbortSignal.timeout(limitMs) });
    call.once("error", reject);
    call.once("response", (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on("data", (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > answerLimitBytes) call.destroy(new Error("answer too large"));
        else pieces.push(piece);
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") }),
      );
    });
    call.end(body);
  });
}

type Refused = "RAY_WRONG_ADDRESS" | "RAY_TOKEN_REFUSED" | "RAY_OPEN" | "RAY_FAILED";

function refuse(code: Refused, { address }: RaySettings, said = ""): PilotageError {
  // The last line of a traceback says what happened, the lines above it only where.
  const line = said.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  const message = say(`${code}.said`, { address, said: line });
  return new PilotageError("unavailable", code, message, { hint: say(`${code}.hint`) });
}

function explainSilence(thrown: unknown, { address }: RaySettings, limitMs: number): PilotageError {
  const name = (error: unknown) => (error instanceof Error ? error.name : "");
  const isSlow = [thrown, (thrown as Error).cause].some((error) => name(error) === "TimeoutError");
  const code = isSlow ? "RAY_SLOW" : "RAY_UNREACHABLE";
  const message = say(`${code}.said`, { address, seconds: String(Math.ceil(limitMs / 1000)) });
  return new PilotageError("unavailable", code, message, { hint: say(`${code}.hint`) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
