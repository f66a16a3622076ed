import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { prepareData, serve } from "../server/launch/serve.mjs";
import { freePort } from "../server/launch/start-postgres.mjs";

type App = { url: string; dataDir: string };

/** The real app on a fresh data folder: web server and worker, as `npm start` runs them. One for a spec file. */
export const test = base.extend<{ checkPage: (title: string) => Promise<void> }, { app: App }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), "pilotage-e2e-"));
      const place = { host: "127.0.0.1", port: await freePort(), dataDir };
      prepareData(place);
      const running = await serve(place);
      await use({ url: running.url, dataDir });
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  page: async ({ page }, use) => {
    const problems = watchConsole(page);
    await use(page);
    expect(problems, "the browser console must stay silent").toEqual([]);
  },
  checkPage: async ({ page }, use) => {
    await use(async (title) => checkAccessibility(page, title));
  },
});

export { expect };

/** A page that violates its own content policy, throws or warns is broken, whatever it looks like. */
function watchConsole(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`pageerror: ${error.message}`));
  page.on("console", (message) => {
    // The browser logs each refusal (4xx) as an error; refusals are what some steps ask for.
    if (/^Failed to load resource: .* status of 4\d\d/.test(message.text())) return;
    // Next preloads a style sheet that the page may already have when it refreshes itself; harmless, not ours.
    if (/was preloaded using link preload but not used/.test(message.text())) return;
    if (message.type() === "error" || message.type() === "warning")
      problems.push(`${message.type()}: ${message.text()}`);
  });
  return problems;
}

async function checkAccessibility(page: Page, title: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(found, `axe on ${title}`).toEqual([]);
}
