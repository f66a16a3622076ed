// Brings a fresh clone to the point where the app can be built: packages, database binding, database clients.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateClients } from "./generate-clients.mjs";
import { Stop, say } from "./say.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export function install() {
  checkNode();
  checkWritable();
  installPackages();
  ensureBinding();
  generateClients();
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 20)) return;
  throw new Stop(78, `Node ${process.versions.node} is too old; Pilotage needs 20.20, 22 or 24.`);
}

function checkWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Stop(77, `${root} cannot be written, so nothing can be installed or built there.`);
  }
}

function installPackages() {
  const wanted = hashOf("package-lock.json");
  const stamp = join(root, "node_modules", ".installed-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing packages (once; a few minutes where the database binding must be compiled) …");
  if (!existsSync(join(root, "node_modules/better-sqlite3"))) noteCompilers();
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    throw new Stop(69, "npm could not install the packages; its own message stands above.", compilerHint());
  }
  writeFileSync(stamp, wanted);
}

/** The prebuilt binding comes from outside the registry; npm 12 skips install scripts unless allowed. */
function ensureBinding() {
  if (bindingLoads()) return;
  say("Compiling the database binding …");
  const rebuild = spawnSync("npm", ["rebuild", "better-sqlite3", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (rebuild.status === 0 && bindingLoads()) return;
  throw new Stop(
    69,
    "The SQLite binding (better-sqlite3) could be neither fetched nor compiled.",
    compilerHint(),
  );
}

function bindingLoads() {
  const script = 'new (require("better-sqlite3"))(":memory:").close()';
  return spawnSync(process.execPath, ["-e", script], { cwd: root, stdio: "ignore" }).status === 0;
}

function missingCompilers() {
  return ["python3", "make", "g++"].filter(
    (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).status !== 0,
  );
}

function noteCompilers() {
  const missing = missingCompilers();
  if (missing.length > 0)
    say(`Note: ${missing.join(", ")} not found; needed only if no prebuilt database binding can be fetched.`);
}

function compilerHint() {
  const missing = missingCompilers();
  if (missing.length === 0) return undefined;
  return `Missing: ${missing.join(", ")}. On Debian or Ubuntu: apt-get install python3 make g++. On macOS: xcode-select --install.`;
}

/** @param {string} file */
function hashOf(file) {
  return createHash("sha256")
    .update(readFileSync(join(root, file)))
    .digest("hex");
}
