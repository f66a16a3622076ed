import * as z from "zod";
import type { RaySettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** A cluster that is well answers within milliseconds; an upload of some megabytes may take longer. */
const answerMs = 15_000;
const uploadMs = 5 * 60_000;

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
  type Call = { body?: Uint8Array | string; token?: boolean; limitMs?: number };
  async function call(method: string, path: string, options: Call = {}): Promise<Response> {
    const { body, token = true, limitMs = waitMs } = options;
    try {
      return await fetch(`${settings.address}${path}`, {
        method,
        headers: {
          ...(token ? { Authorization: `Bearer ${settings.token}` } : {}),
          ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
        },
        ...(body === undefined ? {} : { body: body as BodyInit }),
        // The token goes to the address the operator named and to no other.
        redirect: "manual",
        signal: AbortSignal.timeout(limitMs),
      });
    } catch (thrown) {
      throw explainSilence(thrown, settings, limitMs);
    }
  }
  async function ask<T>(shape: z.ZodType<T>, response: Response): Promise<T> {
    if (response.status === 401 || response.status === 403) throw refuse("RAY_TOKEN_REFUSED", settings);
    if (response.status >= 500) throw refuse("RAY_FAILED", settings, await readText(response, settings));
    const parsed = response.ok ? shape.safeParse(parseJson(await readText(response, settings))) : null;
    if (!parsed?.success) throw refuse("RAY_WRONG_ADDRESS", settings);
    return parsed.data;
  }
  const at = (submissionId: string) => `/api/jobs/${encodeURIComponent(submissionId)}`;
  const read = async (submissionId: string): Promise<RayJobInfo | null> => {
    const response = await call("GET", at(submissionId));
    if (response.status === 404) return null;
    const { status, message } = await ask(JobInfo, response);
    return { status, message: message ?? "" };
  };
  return {
    check: async () => {
      const { ray_version: found } = await ask(Version, await call("GET", "/api/version"));
      const open = await call("GET", "/api/jobs/", { token: false });
      await open.body?.cancel();
      if (open.ok) throw refuse("RAY_OPEN", settings);
      if (found !== settings.version) {
        const message = say("RAY_VERSION.said", { found: found.slice(0, 60), pinned: settings.version });
        throw new PilotageError("unavailable", "RAY_VERSION", message, { hint: say("RAY_VERSION.hint") });
      }
    },
    upload: async (sha256, bytes) => {
      const name = `_ray_pkg_${sha256.slice(0, 32)}.zip`;
      const path = `/api/packages/gcs/${name}`;
      const known = await call("GET", path);
      await known.body?.cancel();
      if (!known.ok) {
        const sent = await call("PUT", path, { body: bytes, limitMs: Math.max(waitMs, uploadMs) });
        if (!sent.ok) throw refuse("RAY_FAILED", settings, await readText(sent, settings));
        await sent.body?.cancel();
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
      const response = await call("POST", "/api/jobs/", { body, limitMs: 4 * waitMs });
      if (response.ok) return void (await response.body?.cancel());
      const said = await readText(response, settings);
      if ((await read(job.submissionId)) !== null) return;
      if (response.status === 401 || response.status === 403) throw refuse("RAY_TOKEN_REFUSED", settings);
      throw refuse("RAY_FAILED", settings, said);
    },
    read,
    readLog: async (submissionId) =>
      (await ask(JobLogs, await call("GET", `${at(submissionId)}/logs`, { limitMs: 4 * waitMs }))).logs,
    stop: async (submissionId) => {
      const response = await call("POST", `${at(submissionId)}/stop`);
      await response.body?.cancel();
      return response.ok;
    },
  };
}

type Refused = "RAY_WRONG_ADDRESS" | "RAY_TOKEN_REFUSED" | "RAY_OPEN" | "RAY_FAILED";

function refuse(code: Refused, { address }: RaySettings, said = ""): PilotageError {
  // The last line of a traceback says what happened, the lines above it only where.
  const line = said.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  const message = say(`${code}.said`, { address, said: line });
  return new PilotageError("unavailable", code, message, { hint: say(`${code}.hint`) });
}

function explainSilence(thrown: unknown, { address }: RaySettings, limitMs: number): PilotageError {
  const isSlow = thrown instanceof Error && thrown.name === "TimeoutError";
  const code = isSlow ? "RAY_SLOW" : "RAY_UNREACHABLE";
  const message = say(`${code}.said`, { address, seconds: String(Math.ceil(limitMs / 1000)) });
  return new PilotageError("unavailable", code, message, { hint: say(`${code}.hint`) });
}

/** An answer may also stop in the middle. */
async function readText(response: Response, settings: RaySettings): Promise<string> {
  return response.text().catch((thrown) => {
    throw explainSilence(thrown, settings, answerMs);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
