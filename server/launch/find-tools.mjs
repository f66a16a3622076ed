// Finds, or installs where that is possible, what tests and pilots need: a browser, Python, uv.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";
import { Stop, say } from "./say.mjs";

/** An installed Chromium, else Playwright's own, else the system's package. @returns {string} */
export function findBrowser() {
  const found = installedBrowser() ?? playwrightBrowser();
  if (found) return found;
  say("No Chromium found; trying to install one …");
  spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    cwd: root,
    stdio: "ignore",
    timeout: 300_000,
  });
  const own = playwrightBrowser();
  if (own) return own;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      env,
    });
  }
  const packaged = installedBrowser();
  if (packaged) return packaged;
  throw new Stop(
    69,
    "The browser tests need Chromium, and none could be found or installed.",
    "Install Chromium, or set PILOTAGE_BROWSER to one.",
  );
}

function installedBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(":");
  const candidates = [
    process.env.PILOTAGE_BROWSER,
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

function playwrightBrowser() {
  const script = 'process.stdout.write(require("@playwright/test").chromium.executablePath())';
  const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
  return stdout && existsSync(stdout) ? stdout : null;
}

/** @returns {string} a Python of 3.11 or newer */
export function findPython() {
  const script = "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)";
  const found = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"].find(
    (name) => spawnSync(name, ["-c", script], { stdio: "ignore" }).status === 0,
  );
  if (found) return found;
  throw new Stop(
    69,
    "Python 3.11 or newer was not found; the pilots are written in it.",
    "On Debian or Ubuntu: apt-get install python3 python3-venv.",
  );
}

/** uv from the PATH, else installed once from the Python registry into .tools/uv. @returns {string} */
export function findUv() {
  if (spawnSync("uv", ["--version"], { stdio: "ignore" }).status === 0) return "uv";
  const own = join(root, ".tools", "uv", "bin", "uv");
  if (existsSync(own)) return own;
  say("Installing uv into .tools/uv …");
  const folder = join(root, ".tools", "uv");
  const venv = spawnSync(findPython(), ["-m", "venv", folder], { encoding: "utf8" });
  if (venv.status !== 0) {
    throw new Stop(
      69,
      "Python could not make a virtual environment.",
      "On Debian or Ubuntu: apt-get install python3-venv.",
    );
  }
  const pip = spawnSync(
    join(folder, "bin", "pip"),
    ["install", "--quiet", "--disable-pip-version-check", "uv"],
    { encoding: "utf8" },
  );
  if (pip.status !== 0 || !existsSync(own))
    throw new Stop(69, `uv could not be installed: ${pip.stderr.trim().split("\n").at(-1)}`);
  return own;
}
