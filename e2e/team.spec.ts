import { cpus, loadavg } from "node:os";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

type Json = Record<string, unknown>;

/** A procedure as the page itself would call it. */
async function call<T>(page: Page, path: string, input: Json): Promise<T> {
  const response = await page.request.post(`/api/trpc/${path}`, {
    data: input,
    headers: { "content-type": "application/json" },
  });
  const body = (await response.json()) as { result?: { data: T }; error?: { message: string } };
  if (!body.result) throw new Error(`${path}: ${body.error?.message}`);
  return body.result.data;
}

async function startProject(page: Page, name: string, aliases: string[]) {
  const { id } = await call<{ id: string }>(page, "brief.createProject", { name, presetId: "rag_support" });
  const people: string[] = [];
  for (const alias of aliases) {
    const facts = { projectId: id, alias, roleId: "MLE", availabilityPct: 100 };
    people.push((await call<{ id: string }>(page, "team.addPerson", facts)).id);
  }
  return { id, people, team: `/projects/${id}/team` };
}

const cellOf = (page: Page, name: RegExp) => page.getByRole("gridcell", { name });

test("the matrix is read and edited by keyboard, with undo, copy and paste", async ({
  page,
  checkPage,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { team } = await startProject(page, "Keys", ["Person A", "Person B"]);
  await page.goto(`${team}?show=held`, { waitUntil: "networkidle" });
  await checkPage("the levels that people hold");

  const first = page.locator("td.cell").first();
  await first.focus();
  await expect(first).toHaveAccessibleName(
    /^Async and concurrent Python, Person A, Senior ML Engineer: not assessed, needs level 2, should$/,
  );
  await page.keyboard.press("3");
  await expect(first).toHaveAccessibleName(/level 3 Practitioner by peer, needs level 2, should, covered$/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  const second = cellOf(page, /^Validation and data contracts, Person A/);
  await expect(second).toHaveText(/^2/);
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(second).toHaveText("–");
  await page.keyboard.press("Control+y");
  await expect(second).toHaveText(/^2/);

  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("3\n2");
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+v");
  await expect(cellOf(page, /^Validation and data contracts, Person B/)).toHaveText(/^2/);

  await page.evaluate(() => navigator.clipboard.writeText("4\t1\n7\t0"));
  await first.focus();
  await page.keyboard.press("Control+v");
  await expect(
    page.getByText("Row 2, column 1 of what was pasted: “7” is no level. Nothing was pasted."),
  ).toBeVisible();
  await expect(first).toHaveText(/^3/);

  await page.reload({ waitUntil: "networkidle" });
  await expect(cellOf(page, /^Validation and data contracts, Person B/)).toHaveText(/^2/);
});

test("a requirement set by hand asks for its reason and shows that it was", async ({ page, checkPage }) => {
  const { team } = await startProject(page, "Hands", ["Person A"]);
  await page.goto(`${team}?could=show`, { waitUntil: "networkidle" });
  const cell = cellOf(page, /^API and streaming services, Senior ML Engineer/);
  await expect(cell).toHaveAccessibleName(
    /^API and streaming services, Senior ML Engineer, in the minimum team.*: level 3 Practitioner, must, raised for this project, not assessed$|^API and streaming services, Senior ML Engineer.*: level 3 Practitioner, must, raised for this project, not assessed$/,
  );
  await cell.focus();
  await page.keyboard.press("2");
  const reason = page.getByLabel("Why requirements are set by hand");
  await expect(reason).toBeFocused();
  await reason.fill("The gateway team streams for us.");
  await page.keyboard.press("Enter");
  await expect(cell).toBeFocused();
  await expect(cell).toHaveAccessibleName(/level 2 Working, must, set by hand, not assessed$/);
  await checkPage("requirements, one set by hand");
  await page.keyboard.press("s");
  await expect(cell).toHaveAccessibleName(/level 2 Working, should, set by hand/);
});

test("a file that was edited outside comes back after its changes were shown", async ({
  page,
  checkPage,
}) => {
  const { team } = await startProject(page, "Round trip", ["Person A"]);
  await page.goto(team, { waitUntil: "networkidle" });
  const response = await page.request.get(`/api${team}/csv`);
  const csv = (await response.text()).replace(/^(S18,[^,]*,[^,]*,)not required/m, '$1"3 Practitioner, must"');
  await page.getByRole("link", { name: "Take an edited file back" }).click();
  await expect(page.getByRole("heading", { name: "What did the file change?" })).toBeVisible();
  await checkPage("the import");
  const upload = (text: string) =>
    page
      .getByLabel("The file")
      .setInputFiles({ name: "matrix.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await upload(csv.replaceAll("3 Practitioner", "7 Wizard"));
  await expect(page.locator(".error")).toContainText(/Row \d+, column [D-J]: “7 Wizard, must” is no level/);
  await upload(csv);
  await expect(page.getByRole("table", { name: "What the file would change" })).toContainText(
    "3 Practitioner, must",
  );
  await checkPage("what the file would change");
  await page.getByRole("button", { name: /^Save these changes/ }).click();
  await expect(page.getByRole("status")).toContainText("One change is saved.");
  await page.goto(`${team}?could=show`, { waitUntil: "networkidle" });
  await expect(cellOf(page, /^Concurrent infrastructure in Go, AI Product Engineer/)).toHaveAccessibleName(
    /set by hand/,
  );
});

/** Goals: first paint under one second, from key to screen under 50 ms in 95 of 100 edits. */
test("a matrix of 60 skills and 40 people stays fluid", async ({ page }, info) => {
  const catalogue = (await (await page.request.get("/api/standards/skills")).json()) as {
    version: string;
    skills: { id: string; name: string }[];
  };
  const wide = Array.from({ length: 60 }, (_, index) => {
    const known = catalogue.skills[index % catalogue.skills.length];
    const id = `S${String(index + 1).padStart(2, "0")}`;
    return (
      catalogue.skills.find((skill) => skill.id === id) ?? { ...known, id, name: `${known?.name} ${id}` }
    );
  });
  const version = "7.0.0";
  const text = JSON.stringify({ ...catalogue, version, skills: wide });
  await call(page, "catalogue.publish", { format: "json", text });
  const aliases = Array.from({ length: 40 }, (_, index) => `Person ${index + 1}`);
  const { id: projectId, people, team } = await startProject(page, "Forty", aliases);
  const ratings = people.flatMap((personId, x) =>
    wide.map(({ id }, y) => ({
      personId,
      skillId: id,
      source: "peer",
      level: (x * 7 + y * 3) % 5,
      seen: null,
    })),
  );
  await call(page, "matrix.rate", { projectId, ratings });

  const paints: number[] = [];
  for (let visit = 0; visit < 5; visit++) {
    await page.goto(`${team}?show=held`, { waitUntil: "networkidle" });
    paints.push(
      await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 1e9),
    );
  }
  await page.locator("td.cell").first().focus();
  const keys = ["1", "2", "3", "4", "ArrowRight"];
  const times: number[] = [];
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { seen: number[] }).seen = seen;
    addEventListener(
      "keydown",
      (event) =>
        requestAnimationFrame(() => setTimeout(() => seen.push(performance.now() - event.timeStamp), 0)),
      true,
    );
  });
  for (let press = 0; press < 150; press++) {
    await page.keyboard.press(keys[press % keys.length] ?? "1");
    await page.waitForTimeout(30);
  }
  times.push(...(await page.evaluate(() => (window as unknown as { seen: number[] }).seen)));
  times.sort((a, b) => a - b);
  const p95Ms = times[Math.ceil(times.length * 0.95) - 1] ?? 1e9;
  const medianPaintMs = paints.sort((a, b) => a - b)[2] ?? 1e9;
  const figures = `first paint ${paints.map(Math.round).join(", ")} ms; key to screen p95 ${p95Ms.toFixed(1)} ms of ${times.length}`;
  info.annotations.push({ type: "measured", description: figures });
  process.stdout.write(`${figures}\n`);
  // Where more wants to run than can, these are figures of the queue and not of the page.
  test.skip((loadavg()[0] ?? 0) > cpus().length, `not judged, the machine is busy: ${figures}`);
  expect(times.length).toBeGreaterThan(100);
  expect(medianPaintMs).toBeLessThan(1_000);
  expect(p95Ms).toBeLessThan(50);
});
