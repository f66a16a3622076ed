import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { Settings } from "#server/env.ts";

export type WorkerLine = {
  ready?: number;
  started?: string;
  computed?: string;
  job?: string;
  attempt?: number;
  end?: string;
  error?: string;
};
export type DrivenWorker = {
  lines: WorkerLine[];
  begin: () => void;
  signal: (signal: NodeJS.Signals) => void;
  /** Kills it and returns when nothing more can come from it. */
  kill: () => Promise<void>;
  /** Waits for a line, also one that came before. */
  hear: (is: (line: WorkerLine) => boolean, limitMs?: number) => Promise<WorkerLine>;
};

/** A real worker process with short times; it waits until it is told to begin. */
export async function startShortWorker(
  settings: Pick<Settings, "databaseUrl">,
  dataDir: string,
): Promise<DrivenWorker> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "server/testing/short-worker.ts"], {
    env: { ...process.env, DATABASE_URL: settings.databaseUrl, PILOTAGE_DATA_DIR: dataDir },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: WorkerLine[] = [];
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(JSON.parse(line) as WorkerLine);
    });
  }
  const worker: DrivenWorker = {
    lines,
    begin: () => child.stdin?.write("go\n"),
    signal: (signal) => child.kill(signal),
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
    hear: async (is, limitMs = 60_000) => {
      for (const until = Date.now() + limitMs; Date.now() < until; await wait(2)) {
        const found = lines.find(is);
        if (found) return found;
      }
      throw new Error(`the worker did not say it: ${JSON.stringify(lines.slice(-10))}`);
    },
  };
  await worker.hear((line) => line.ready !== undefined);
  return worker;
}
