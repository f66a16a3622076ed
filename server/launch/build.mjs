// Builds when sources changed. A stamp of all inputs makes the second start fast.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";
import { Stop, say } from "./say.mjs";

const inputs = [
  "app",
  "server",
  "prisma/schema.prisma",
  "proxy.ts",
  "next.config.js",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

export function build() {
  const wanted = hashInputs();
  const stamp = join(root, ".next", "built-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Building the app …");
  const next = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (next.status !== 0) {
    process.stderr.write(`${next.stdout}\n${next.stderr}\n`);
    throw new Stop(70, "The app could not be built; the reason stands above.");
  }
  writeFileSync(stamp, wanted);
}

function hashInputs() {
  const hash = createHash("sha256");
  for (const input of inputs) addToHash(hash, join(root, input));
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {string} path */
function addToHash(hash, path) {
  if (!statSync(path).isDirectory()) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!/\.test\.tsx?$/.test(name)) addToHash(hash, join(path, name));
  }
}
