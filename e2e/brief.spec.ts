import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** Keys count only once the page listens. */
const ready = { waitUntil: "networkidle" } as const;
/** From opening the app to a decision that rests on answers a person has looked at. */
const INTERACTIONS_AT_MOST = 15;

test("from a preset to a first usable decision in at most 15 interactions", async ({ page }) => {
  let interactions = 0;
  const act = async (work: () => Promise<unknown>) => {
    interactions += 1;
    await work();
  };
  await page.goto("/", ready);
  await act(() => page.getByRole("link", { name: "New project" }).click());
  await page.waitForLoadState("networkidle");
  await act(() => page.keyboard.press("1"));
  await act(() => page.getByLabel("Name of the project").fill("Counted desk"));
  await act(() => page.getByRole("button", { name: "Create and go to the brief" }).click());
  await page.waitForURL(/\/brief$/);
  await page.waitForLoadState("networkidle");
  const project = new URL(page.url()).pathname.replace(/\/brief$/, "");
  await act(() => page.getByRole("link", { name: "Compare and choose" }).click());
  await page.waitForURL(/\/entry-points$/);
  await page.waitForLoadState("networkidle");
  await act(() => page.getByRole("button", { name: "Choose Support assistant" }).click());
  await expect(page.getByText("“Support assistant” is chosen.")).toBeVisible();
  // Three answers a person stands behind: those most worth asking.
  await act(() => page.goto(`${project}/brief?q=next`, ready));
  for (const _ of [1, 2, 3]) {
    const number = page.getByRole("spinbutton");
    if (await number.isVisible()) {
      // A number is saved by going on.
      await act(() => number.fill("40"));
    } else {
      await act(() => page.keyboard.press("1"));
      await expect(page.getByText(/^Saved/)).toBeVisible();
    }
    await act(() => goOn(page));
  }
  await act(() => page.goto(`${project}/decision`, ready));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("FastAPI").first()).toBeVisible();
  await expect(page.getByText(/FAISS/).first()).toBeVisible();
  expect(interactions).toBeLessThanOrEqual(INTERACTIONS_AT_MOST);
});

test("the wizard is walked with the keyboard alone, and going back keeps every answer", async ({ page }) => {
  const project = await makeProject(page, "Keyboard desk", "Blank");
  await page.goto(`${project}/brief?q=next`, ready);
  const asked: string[] = [];
  for (let step = 0; step < 3; step++) {
    asked.push(await page.getByRole("heading", { level: 1 }).innerText());
    await page.keyboard.press("1");
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await goOn(page);
  }
  expect(new Set(asked).size).toBe(3);
  await expect(page.getByText(/^3 of \d+ answered, 3 by people$/)).toBeVisible();
  for (const question of asked.toReversed()) {
    await page.keyboard.press("b");
    await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
    await page.waitForLoadState("networkidle");
    // Whether one of a list or several: the first is what the key chose.
    await expect(page.locator("main input:checked").first()).toBeVisible();
  }
  await page.keyboard.press("u");
  await expect(page.getByRole("radio", { name: /I don't know/ })).toBeChecked();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.keyboard.press("2");
  await expect(page.getByRole("radio").nth(1)).toBeChecked();
  // The history keeps all of it, with who said it.
  const history = page
    .getByRole("region")
    .or(page.locator("section"))
    .filter({ hasText: "What was answered" });
  await expect(history.last().getByRole("listitem")).toHaveCount(3);
  await expect(history.last()).toContainText("not known");
  await expect(history.last()).toContainText("Local owner");
});

test("candidates are scored, drawn, chosen, deleted and brought back", async ({ page, checkPage }) => {
  const project = await makeProject(page, "Many candidates", "Forecast");
  const base = `${project}/brief/entry-points`;
  await page.goto(base, ready);
  await checkPage("entry points");
  await page.getByLabel("Start from").selectOption({ label: "Agent workflow" });
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL(/entry-points\/ept_/);
  await page.waitForLoadState("networkidle");
  await checkPage("one candidate");

  await test.step("scores save themselves and move the zone", async () => {
    const margin = page.getByRole("complementary");
    for (const criterion of ["Time saved", "Customers and revenue", "Strategic objective", "What stays"]) {
      await page.getByRole("group", { name: criterion }).getByRole("radio").nth(4).check();
    }
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await expect(margin).toContainText("4 of 4 scores known");
    await page
      .getByRole("group", { name: "Use of the data" })
      .getByRole("radio", { name: "No", exact: true })
      .check();
    await expect(margin).toContainText("The data may not be used for this.");
    await page.getByLabel("Scope sentence").fill("One kind of case {{7*7}} <b>bold</b>");
    await page.getByRole("textbox", { name: "Owner" }).click();
    await page.reload(ready);
    await expect(page.getByLabel("Scope sentence")).toHaveValue("One kind of case {{7*7}} <b>bold</b>");
  });

  await test.step("two people at once: the second sees both", async () => {
    const other = await page.context().newPage();
    await other.goto(page.url(), ready);
    await other.getByLabel("How it is done today").fill("Theirs");
    await other.getByRole("textbox", { name: "Owner" }).click();
    await expect(other.getByText(/^Saved/)).toBeVisible();
    await page.getByLabel("How it is done today").fill("Mine");
    await page.getByRole("textbox", { name: "Owner" }).click();
    const conflict = page.getByRole("alert").filter({ hasText: "was changed elsewhere" });
    await expect(conflict).toContainText("Mine");
    await expect(conflict).toContainText("Theirs");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await other.close();
  });

  await test.step("a stopped one cannot be chosen, another can, and each act has its way back", async () => {
    await page.goto(base, ready);
    await page.getByRole("button", { name: "Choose Agent workflow" }).click();
    await expect(page.getByText("Agent workflow cannot be chosen as it stands.")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Choose Forecast" }).click();
    await expect(page.getByRole("heading", { name: "What the pilot promises" })).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Delete Forecast" }).click();
    await expect(page.getByRole("heading", { name: "What the pilot promises" })).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { name: "What the pilot promises" })).toBeVisible();
  });

  await test.step("every mark of the drawing is reached by the keyboard", async () => {
    const marks = page
      .getByRole("group", { name: /Candidates by friction and impact/ })
      .first()
      .getByRole("link");
    await expect(marks).toHaveCount(2);
    await marks.first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/entry-points\/ept_/);
  });

  await test.step("the dossier says what was promised", async () => {
    await page.goto(`${project}/dossier`, ready);
    await expect(page.getByRole("region", { name: "What the pilot promises" })).toContainText(
      "Forecast one product group",
    );
  });
});

test("a project is copied, compared, archived, deleted and taken along as a file", async ({
  page,
  checkPage,
}) => {
  const project = await makeProject(page, "First of two", "Support assistant");
  const id = project.split("/").at(-1) ?? "";
  await page.goto(`/projects/copy?of=${id}`, ready);
  await checkPage("copy");
  await page.getByLabel("Name of the copy").fill("first OF two");
  await page.getByRole("button", { name: "Make the copy" }).click();
  await expect(page.getByText("Another project has this name.")).toBeVisible();
  await page.getByLabel("Name of the copy").fill("Second of two");
  await page.getByRole("button", { name: "Make the copy" }).click();
  await page.waitForURL(/\/brief$/);
  const copy = new URL(page.url()).pathname.replace(/\/brief$/, "");
  await page.goto(`${copy}/brief?q=corpus`, ready);
  await page.getByRole("spinbutton").fill("5000000");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.search.includes("q=corpus"));

  await page.goto(`/compare?a=${id}&b=${copy.split("/").at(-1)}`, ready);
  await expect(page.getByText(/^1 answer differs and/)).toBeVisible();
  const first = page
    .getByRole("table", { name: /^Answers of both/ })
    .getByRole("row")
    .nth(1);
  await expect(first).toContainText("yes");
  await checkPage("compare");

  await page.goto("/", ready);
  await page.getByRole("button", { name: "Archive Second of two" }).click();
  await expect(page.getByText("“Second of two” is archived.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Second of two", exact: true })).toBeHidden();
  await page.goto("/?show=archived", ready);
  await checkPage("archived");
  await page.getByRole("button", { name: "Take out of the archive: Second of two" }).click();
  await expect(page.getByText("“Second of two” goes on.")).toBeVisible();

  await page.goto("/", ready);
  await page.getByRole("button", { name: "Delete Second of two" }).click();
  await expect(page.getByText("“Second of two” was deleted.")).toBeVisible();
  await page.goto("/?show=deleted", ready);
  await checkPage("deleted");
  await page.getByRole("button", { name: "Bring back Second of two" }).click();
  await expect(page.getByText("“Second of two” is back.")).toBeVisible();

  const file = await (await page.request.get(`/api${project}/file`)).text();
  await page.goto("/projects/new", ready);
  const upload = (buffer: string) =>
    page
      .getByLabel("Project file")
      .setInputFiles({ name: "project.json", mimeType: "application/json", buffer: Buffer.from(buffer) });
  await upload(file.replace('"schemaVersion": 1', '"schemaVersion": 7'));
  await expect(page.getByRole("alert").filter({ hasText: "this program reads version 1" })).toBeVisible();
  await upload('{"runId": "run_1"}');
  await expect(page.getByRole("alert").filter({ hasText: "This is a benchmark report" })).toBeVisible();
  await upload(file);
  await page.getByLabel("Name of the imported project").fill("Third of two");
  await page.getByRole("button", { name: "Import under this name" }).click();
  await page.waitForURL(/\/brief$/);
  await expect(page.getByText("Third of two").first()).toBeVisible();
});

/** Enter, until the next question stands there. */
async function goOn(page: Page): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  const asked = await heading.innerText();
  await page.keyboard.press("Enter");
  await expect(heading).not.toHaveText(asked);
  await page.waitForLoadState("networkidle");
}

async function makeProject(page: Page, name: string, preset: string): Promise<string> {
  await page.goto("/projects/new", ready);
  await page.getByRole("radio", { name: new RegExp(`^${preset}`) }).check();
  await page.getByLabel("Name of the project").fill(name);
  await page.getByRole("button", { name: "Create and go to the brief" }).click();
  await page.waitForURL(/\/brief$/);
  await page.waitForLoadState("networkidle");
  return new URL(page.url()).pathname.replace(/\/brief$/, "");
}
