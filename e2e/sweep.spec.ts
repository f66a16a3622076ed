import { expect, test } from "./fixtures.ts";

const ready = { waitUntil: "networkidle" } as const;

test("a sweep says what it will take, runs its points one after the other and ends in a curve", async ({
  page,
  checkPage,
}) => {
  await page.goto("/projects/new", ready);
  await page.getByLabel("Name of the project").fill("Capacity of the desk");
  await page.getByRole("button", { name: "Create and go to the brief" }).click();
  await page.waitForURL(/\/projects\/prj_[0-9A-Z]{26}\/brief$/);
  const project = new URL(page.url()).pathname.replace(/\/brief$/, "");
  await page.goto(`${project}/scaffold`, ready);
  await page.getByRole("button", { name: "Hand out the pilot" }).click();
  await expect(page.getByRole("link", { name: "Download rag-pilot.zip" })).toBeVisible();

  await test.step("before it starts it counts points and minutes, and refuses what is no sweep", async () => {
    await page.goto(`${project}/benchmark`, ready);
    await page.getByRole("link", { name: "Sweep over rates, k and search" }).click();
    await page.waitForURL(`**${project}/benchmark/sweep`);
    await checkPage("sweep before a run");
    const rates = page.getByLabel("Arrivals a second");
    await rates.fill("0, 50");
    await expect(page.getByText("0 arrivals a second: a rate lies between 0.5 and 1000")).toBeVisible();
    await expect(page.getByRole("button", { name: "Start the sweep" })).toBeDisabled();
    await rates.fill("fast");
    await expect(page.getByText("“fast” is not a number.")).toBeVisible();
    await rates.fill(Array.from({ length: 61 }, (_, at) => at + 10).join(" "));
    await expect(page.getByText("61 points: a sweep has at most 60.")).toBeVisible();
    await rates.fill("60, 120, 120");
    await expect(page.getByText("2 points, 15 s of load")).toBeVisible();
  });

  await test.step("it survives a reload, goes on by itself and draws what it measured", async () => {
    await page.getByRole("button", { name: "Start the sweep" }).click();
    await expect(page.getByRole("progressbar").first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Point 1 of 2")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: "Cancel the sweep" })).toBeVisible();
    await checkPage("sweep while it runs");
    await expect(page.getByRole("heading", { name: "Start another sweep" })).toBeVisible({
      timeout: 200_000,
    });
    await expect(page.getByRole("cell", { name: "measured" })).toHaveCount(2);
    await expect(page.getByRole("heading", { name: "Capacity" })).toBeVisible();
    await checkPage("sweep with a curve");
  });

  await test.step("it explores: no run of it stands in the list, and another one is cancelled as a whole", async () => {
    await page.getByRole("button", { name: "Start the sweep" }).click();
    await page.getByRole("button", { name: "Cancel the sweep" }).click();
    await expect(page.getByRole("heading", { name: "Start another sweep" })).toBeVisible({ timeout: 30_000 });
    await page.goto(`${project}/benchmark`, ready);
    await expect(page.getByText("Nothing is measured yet.")).toBeVisible();
  });
});
