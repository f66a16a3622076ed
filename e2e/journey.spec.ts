import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import readXlsxFile from "read-excel-file/node";
import { expect, test } from "./fixtures.ts";

/** Keys count only once the page listens. */
const ready = { waitUntil: "networkidle" } as const;

test("from the support preset to a measured verdict that changes the decision", async ({
  page,
  checkPage,
}) => {
  await test.step("the first screen offers the example and a new project", async () => {
    await page.goto("/");
    await expect(page.getByRole("link", { name: "Support answers (example)", exact: true })).toBeVisible();
    await checkPage("home");
    await page.getByRole("link", { name: "New project" }).click();
  });

  await test.step("a project starts from a preset", async () => {
    await expect(page.getByRole("radio").first()).toBeVisible();
    await checkPage("new project");
    await page.getByLabel("Name of the project").fill("  ");
    await page.getByRole("button", { name: "Create and go to the brief" }).click();
    await expect(page.getByText("A name has 1 to 120 characters")).toBeVisible();
    await page.getByLabel("Name of the project").fill("Claims desk {{7*7}}");
    await page.getByRole("button", { name: "Create and go to the brief" }).click();
    await page.waitForURL(/\/projects\/prj_[0-9A-Z]{26}\/brief$/);
    await expect(page.getByRole("heading", { level: 1, name: "What do we know about it?" })).toBeVisible();
    await checkPage("brief");
  });
  const project = new URL(page.url()).pathname.replace(/\/brief$/, "");

  await test.step("a question is answered with the keyboard, saved and still there after a reload", async () => {
    await page.goto(`${project}/brief?q=parallel`, ready);
    await checkPage("question");
    await page.keyboard.press("1");
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await page.reload(ready);
    await expect(page.getByRole("radio").first()).toBeChecked();
    await page.keyboard.press("u");
    await expect(page.getByRole("radio", { name: /I don't know/ })).toBeChecked();
    await expect(page.getByText(/^Saved/)).toBeVisible();
  });

  await test.step("each layer has a pick with its reasons", async () => {
    await openRoom(page, project, "decision");
    await expect(page.getByText("asyncio").first()).toBeVisible();
    await checkPage("decision");
    await page.goto(`${project}/decision/hotpath`);
    await expect(page.getByText("HOT-1", { exact: true }).first()).toBeVisible();
    await checkPage("layer");
  });

  await test.step("people are added under an alias and the matrix is taken along", async () => {
    await openRoom(page, project, "team");
    await page.getByRole("button", { name: "Add to the team" }).click();
    await expect(page.getByText("Person A").first()).toBeVisible();
    await checkPage("team");
    const { bytes: xlsx } = await download(page, page.getByRole("link", { name: "XLSX" }));
    const cells = (await readXlsxFile(xlsx)).flatMap(({ data }) => data.flat().map(String));
    expect(cells.some((cell) => cell.includes("Retrieval and RAG"))).toBe(true);
    const { bytes: csv } = await download(page, page.getByRole("link", { name: "CSV", exact: true }));
    expect(csv.toString("utf8")).toMatch(/^Skill ID,Skill,Group,/);
  });

  await test.step("the ten days stand on the calendar", async () => {
    await openRoom(page, project, "plan");
    await page.getByLabel("First day").fill("2026-12-05");
    await page.getByRole("button", { name: "Put the plan on the calendar" }).click();
    await expect(page.getByRole("heading", { name: "Day 1, Mon 7 Dec" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Day 10, Fri 18 Dec" })).toBeVisible();
    await checkPage("plan");
  });

  await test.step("the pilot is handed out byte for byte", async () => {
    await openRoom(page, project, "scaffold");
    await checkPage("scaffold");
    await page.getByRole("button", { name: "Hand out the pilot" }).click();
    const { bytes } = await download(page, page.getByRole("link", { name: "Download rag-pilot.zip" }));
    const shown = await page.locator("code.hash").first().innerText();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(shown);
  });

  await test.step("a benchmark runs, survives a reload and ends in verdicts", async () => {
    await openRoom(page, project, "benchmark");
    await checkPage("benchmark before a run");
    await page.getByRole("button", { name: "Run the benchmark" }).click();
    await expect(page.getByRole("progressbar")).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(page.getByRole("progressbar")).toBeVisible();
    await checkPage("benchmark while it runs");
    await expect(page.getByRole("heading", { name: "Verdicts" })).toBeVisible({ timeout: 200_000 });
    const row = page.getByRole("row").filter({ hasText: "p95 latency" }).first();
    await expect(row).toContainText(/pass|fail|inconclusive/);
    await checkPage("benchmark with a run");
  });

  await test.step("what was measured changes the decision, and can be taken back", async () => {
    const offer = page.getByText("Native libraries").first();
    await expect(offer).toBeVisible();
    await page.getByRole("button", { name: "Accept Bottleneck" }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await page.goto(`${project}/decision/hotpath`);
    await expect(page.getByText(/Native libraries/).first()).toBeVisible();
    await expect(page.getByText("measured").first()).toBeVisible();
  });

  await test.step("the dossier and the trace tell it on one page", async () => {
    await openRoom(page, project, "dossier");
    await checkPage("dossier");
    await page.getByRole("radio", { name: "Go with conditions" }).check();
    await page.getByLabel("Because").fill("Accuracy first: $(id) & <b>hybrid search</b>.");
    await page.getByRole("button", { name: "Record the outcome" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Go with conditions/);
    await expect(page.getByText("$(id) & <b>hybrid search</b>").first()).toBeVisible();
    await page.goto(project);
    await expect(page.getByText("Walk me through the architecture").first()).toBeVisible();
    await checkPage("trace");
  });
});

async function openRoom(page: Page, project: string, room: string): Promise<void> {
  await page
    .getByRole("navigation")
    .getByRole("link", { name: new RegExp(room, "i") })
    .first()
    .click();
  await page.waitForURL(`**${project}/${room}`);
  await page.waitForLoadState("networkidle");
}

async function download(
  page: Page,
  link: ReturnType<Page["getByRole"]>,
): Promise<{ bytes: Buffer; name: string }> {
  const [event] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { bytes: await readFile(await event.path()), name: event.suggestedFilename() };
}
