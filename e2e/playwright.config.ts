import { defineConfig } from "@playwright/test";

const browser = process.env.PILOTAGE_BROWSER;

export default defineConfig({
  testDir: ".",
  // Dot-prefixed, or the type check and the watcher would read what a run leaves behind.
  outputDir: "../.playwright",
  timeout: 240_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      // As root (containers, CI) Chromium refuses its own sandbox.
      args:
        process.getuid?.() === 0
          ? ["--no-sandbox", "--disable-background-networking"]
          : ["--disable-background-networking"],
    },
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  },
});
