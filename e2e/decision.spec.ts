import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";

/** Forms answer only once the page listens. */
const ready = { waitUntil: "networkidle" } as const;

test("a decision is tried, overridden with a reason, recorded, and argued with by other numbers", async ({
  page,
  checkPage,
}) => {
  await page.goto("/projects/new", ready);
  await page.getByLabel("Name of the project").fill("Gateway");
  await page.getByRole("button", { name: "Create and go to the brief" }).click();
  await page.waitForURL(/\/projects\/prj_[0-9A-Z]{26}\/brief$/);
  const project = new URL(page.url()).pathname.replace(/\/brief$/, "");

  await test.step("one answer is changed on trial and nothing is saved", async () => {
    await page.goto(`${project}/decision`, ready);
    const trial = page.getByRole("region", { name: "Try it" });
    await trial.getByLabel("Answer", { exact: true }).selectOption({ label: "Bottleneck" });
    await trial.getByLabel("If it were").selectOption("cpu");
    await expect(trial.getByRole("table", { name: "What would change" })).toBeVisible();
    await checkPage("decision with a trial");
    await trial.getByRole("button", { name: "Stop trying" }).click();
    await page.goto(`${project}/decision`, ready);
    await expect(page.getByText("asyncio").first()).toBeVisible();
  });

  await test.step("another option is chosen with a reason and can be taken back", async () => {
    await page.goto(`${project}/decision/api`, ready);
    await page.getByText("Choose another option").click();
    await page.getByLabel("Option", { exact: true }).selectOption({ label: "Go service" });
    await page.getByLabel("Reason").fill("The platform team runs Go.");
    await page.getByRole("button", { name: "Choose this" }).click();
    await expect(page.getByText("Chosen instead: Go service. The platform team runs Go.")).toBeVisible();
    await checkPage("layer with an override");
    await page.goto(`${project}/scaffold`);
    await expect(page.getByText("api: go")).toBeVisible();
  });

  await test.step("the decision is recorded and taken along as MADR", async () => {
    await page.goto(`${project}/decision`, ready);
    await page.getByRole("button", { name: "Record as ADR-0001" }).click();
    await expect(page.getByText("Today’s decision is the one recorded.")).toBeVisible();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "MADR ADR-0001" }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    expect(text).toMatch(/^---\nstatus: "accepted"/);
    expect(text).toContain("The platform team runs Go.");
  });

  await test.step("a threshold is edited, its effect on every project seen, and published", async () => {
    await page.goto(`${project}/brief?q=peak_rps`, ready);
    await page.getByRole("spinbutton").fill("400");
    await page.keyboard.press("Tab");
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await page.goto("/standards/rules", ready);
    await checkPage("rules to edit");
    await page.getByLabel("Show").selectOption({ label: "Platform" });
    const rule = page.locator("details", { hasText: "PLT-3" });
    await rule.locator("summary").click();
    await rule.getByLabel(/^Peak/).fill("300");
    await expect(rule.getByText("1 value changed")).toBeVisible();
    await checkPage("a rule being edited");
    await page.getByLabel("What changed and why").fill("Our cluster is small.");
    await page.getByRole("button", { name: "See what it changes" }).click();
    await expect(page.getByRole("table", { name: "Picks that would change" })).toContainText("Gateway");
    await page.getByRole("button", { name: /^Publish version/ }).click();
    await expect(page.getByText(/^Version 1\.2\.0 is in force/)).toBeVisible();
    await expect(page.getByText("1.2.0: Our cluster is small.")).toBeVisible();
    await page.goto(`${project}/decision/platform`);
    await expect(page.getByText("PLT-3", { exact: true }).first()).toBeVisible();
  });
});
