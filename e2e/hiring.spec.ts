import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** The path of a fresh project's pages. */
async function startProject(page: Page, name: string): Promise<string> {
  const response = await page.request.post("/api/trpc/brief.createProject", {
    data: { name, presetId: "rag_support" },
    headers: { "content-type": "application/json" },
  });
  const body = (await response.json()) as { result: { data: { id: string } } };
  return `/projects/${body.result.data.id}`;
}

test("a hiring manager decides, prices a role, and takes the advertisement and the kit along", async ({
  page,
  checkPage,
}) => {
  const base = await startProject(page, "Claims desk");

  await page.goto(`${base}/team/hiring`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("How is what is missing closed");
  await checkPage("hiring plan");

  await page.getByLabel("Reason").fill("Two of us have done it before.");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByText("decided by a person").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("decided by a person")).toHaveCount(0);

  await page.getByLabel("From", { exact: true }).fill("60000");
  await page.getByLabel("To", { exact: true }).fill("50000");
  await page.getByLabel("Where it comes from").fill("band of 2026");
  await page.getByRole("button", { name: "Keep the range" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "upper end" })).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("75000");
  await page.getByRole("button", { name: "Keep the range" }).click();
  await expect(page.getByText("band of 2026").first()).toBeVisible();

  const ad = await page.request.get(`/api${base}/team/job.html?role=AIPE`);
  expect(ad.status()).toBe(200);
  expect(await ad.text()).toContain("60,000 to 75,000 EUR a year");
  for (const format of ["pdf", "xlsx", "csv", "long.csv", "json", "md"]) {
    expect((await page.request.get(`/api${base}/team/${format}`)).status(), format).toBe(200);
  }
  const unpaid = await page.request.get(`/api${base}/team/job.md?role=SEC`);
  expect([unpaid.status(), (await unpaid.json()).code]).toEqual([409, "PAY_MISSING"]);
  const unknown = await page.request.get(`/api${base}/team/docx`);
  expect([unknown.status(), (await unknown.json()).code]).toEqual([404, "NOT_FOUND"]);
});

test("an interviewer gets a kit that adds nothing up, and keeps scorecards only when switched on", async ({
  page,
  checkPage,
}) => {
  const base = await startProject(page, "Returns desk");

  await page.goto(`${base}/team/interview?role=MLE`);
  await expect(page.getByText("4 h 15 min")).toBeVisible();
  await expect(page.getByText("Walk me through the architecture of a production RAG system")).toBeVisible();
  await expect(page.getByText("Off, as in every workspace at first")).toBeVisible();
  await checkPage("interview kit");
  expect((await page.request.get(`/api${base}/team/interview.pdf?role=MLE`)).status()).toBe(200);
  expect((await page.request.get(`/api${base}/team/work-sample`)).status()).toBe(200);
  expect(await (await page.request.get(`/api${base}/team/work-sample/answers`)).text()).toContain(
    "planted fault",
  );

  await page.getByRole("button", { name: "Keep for so long" }).click();
  await expect(page.getByText("On: a scorecard is kept for 30 days")).toBeVisible();
  await page.getByLabel("Alias", { exact: true }).fill("ada@example.org");
  await page.getByLabel("Interviewer (alias)").fill("Interviewer 2");
  await page.getByRole("button", { name: "Keep a scorecard" }).click();
  await expect(page.getByText("An alias names nobody")).toBeVisible();
  await page.getByLabel("Alias", { exact: true }).fill("Candidate 1");
  await page.getByRole("button", { name: "Keep a scorecard" }).click();
  await expect(page.getByText("Candidate 1, MLE")).toBeVisible();
  await checkPage("interview kit with scorecards");
  await page.getByRole("button", { name: "Erase for good Candidate 1" }).click();
  await expect(page.getByText("No scorecard is kept.")).toBeVisible();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Off, as in every workspace at first")).toBeVisible();
});
