import { expect, test } from "./fixtures.ts";

type Catalogue = { version: string; skills: { id: string; altLabels: string[] }[] };

test("an owner edits the skill catalogue outside, sees what changes, and publishes it", async ({
  page,
  checkPage,
}) => {
  await page.goto("/standards", { waitUntil: "networkidle" });
  await checkPage("rules and skills");
  const skills = page.getByRole("region", { name: "Skill catalogue" });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    skills.getByRole("link", { name: "Download as JSON" }).click(),
  ]);
  const catalogue = JSON.parse(await readAll(file)) as Catalogue;
  const upload = (document: unknown) =>
    skills.getByLabel("A new version").setInputFiles({
      name: "skills.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(document)),
    });

  await upload({ ...catalogue, skills: catalogue.skills.slice(1) });
  await expect(skills.getByRole("alert")).toContainText("there is no skill S01");

  const version = `1.0.${Number(catalogue.version.split(".")[2]) + 1}`;
  catalogue.skills[0]?.altLabels.push("awaiting");
  await upload({ ...catalogue, version });
  await expect(skills.getByRole("table", { name: "Values that would change" })).toContainText("awaiting");
  await checkPage("changes of a catalogue");
  await skills.getByRole("button", { name: `Publish version ${version}` }).click();
  await expect(skills.getByRole("status")).toHaveText(`Version ${version} is in force.`);
  await expect(skills).toContainText("published by this workspace; 1.0.0 ships with the program");
});

async function readAll(file: { createReadStream(): Promise<AsyncIterable<Buffer>> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
