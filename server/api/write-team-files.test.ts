import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import readXlsxFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import type { PayRange } from "#server/team/hiring-schema.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { type HiringQuestion, reportHiring } from "#server/team/report-hiring.ts";
import { reportTeam } from "#server/team/report-team.ts";
import type { Person } from "#server/team/schema.ts";
import type { LoadedHiring } from "./load-hiring.ts";
import { TEAM_FORMATS, writeTeamFile } from "./write-team-files.ts";

const HOSTILE = '=HYPERLINK("http://x","y") <script>alert(1)</script> | # [a](javascript:b) Zoë 李';
const PAY: PayRange = {
  roleId: "MLE",
  engagement: "contract",
  min: 700,
  max: 900.5,
  currency: "EUR",
  per: "day",
  source: HOSTILE,
  asOf: "2026-11-01",
};
const PEOPLE: Person[] = [
  {
    id: "a",
    alias: HOSTILE,
    roleId: "MLE",
    availabilityPct: 100,
    ratings: [{ skillId: "S05", level: 3, source: "evidence", at: "2026-11-01" }],
  },
];

function teamOf(over: Partial<HiringQuestion> = {}, name = HOSTILE): LoadedHiring {
  const question: HiringQuestion = {
    demand: { kind: "rag", onDevice: false, layers: [], policies: [] },
    catalogue: SKILL_CATALOGUE,
    people: PEOPLE,
    borrowable: [],
    asOf: "2026-12-01",
    pilotStart: "2027-01-04",
    pay: [PAY],
    ...over,
  };
  const report = reportTeam(question);
  const hiring = reportHiring(question, report);
  const { catalogue, people, borrowable, asOf, pilotStart } = question;
  return {
    project: { id: "prj_1", name },
    catalogue,
    people,
    asOf,
    pilotStart,
    report,
    question,
    hiring,
    file: { projectName: name, catalogue, people, borrowable, asOf, pilotStart, report, hiring },
  } as unknown as LoadedHiring;
}

async function textOf(format: string, role: string | null = "MLE", team = teamOf()): Promise<string> {
  const { bytes } = await writeTeamFile(team, format, role);
  return typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("latin1");
}

function readPdf(bytes: Uint8Array | string): string | null {
  const path = join(mkdtempSync(join(tmpdir(), "pilotage-team-pdf-")), "team.pdf");
  writeFileSync(path, bytes);
  try {
    return execFileSync("pdftotext", ["-layout", path, "-"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
}

/** What schema.org says of a JobPosting, and Google's list of what must be there. */
const JOB_POSTING = {
  type: "object",
  required: [
    "@context",
    "@type",
    "title",
    "description",
    "datePosted",
    "hiringOrganization",
    "jobLocation",
    "baseSalary",
    "employmentType",
  ],
  properties: {
    "@context": { const: "https://schema.org" },
    "@type": { const: "JobPosting" },
    title: { type: "string", minLength: 1 },
    description: { type: "string", pattern: "^<p>.*</ul>$" },
    datePosted: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    employmentType: { enum: ["FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "OTHER"] },
    hiringOrganization: {
      type: "object",
      required: ["@type", "name"],
      properties: { "@type": { const: "Organization" }, name: { type: "string", minLength: 1 } },
    },
    jobLocation: {
      type: "object",
      required: ["@type", "address"],
      properties: {
        "@type": { const: "Place" },
        address: {
          type: "object",
          required: ["@type", "addressCountry"],
          properties: { "@type": { const: "PostalAddress" } },
        },
      },
    },
    baseSalary: {
      type: "object",
      required: ["@type", "currency", "value"],
      properties: {
        "@type": { const: "MonetaryAmount" },
        currency: { type: "string", pattern: "^[A-Z]{3}$" },
        value: {
          type: "object",
          required: ["@type", "minValue", "maxValue", "unitText"],
          properties: {
            "@type": { const: "QuantitativeValue" },
            minValue: { type: "number" },
            maxValue: { type: "number" },
            unitText: { enum: ["HOUR", "DAY", "WEEK", "MONTH", "YEAR"] },
          },
        },
      },
    },
    skills: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 12 },
    qualifications: { type: "string" },
    responsibilities: { type: "string" },
    occupationalCategory: { type: "string", pattern: "^\\d{2}-\\d{4}\\.\\d{2} " },
  },
  additionalProperties: false,
};

// Faces are read and cut for each PDF, which takes its time on a busy machine.
describe("every file of the team", { timeout: 60_000 }, () => {
  it.each(TEAM_FORMATS)("%s has the same bytes for the same plan", async (format) => {
    const [one, two] = await Promise.all([0, 1].map(() => writeTeamFile(teamOf(), format, "MLE")));
    expect(Buffer.compare(Buffer.from(one?.bytes ?? ""), Buffer.from(two?.bytes ?? "x"))).toBe(0);
    expect(one?.fileName).toBe(two?.fileName);
  });

  it("JSON holds levels as numbers with the words that explain them", async () => {
    const file = JSON.parse(await textOf("json"));
    expect(Object.keys(file)).toEqual([
      "schemaVersion",
      "project",
      "asOf",
      "pilotStart",
      "catalogue",
      "roles",
      "requirements",
      "people",
      "gaps",
      "hiringPlan",
      "coverage",
    ]);
    const gap = file.gaps.find((one: { skillId: string }) => one.skillId === "S05");
    expect(gap).toMatchObject({ covered: 3, busFactor: 1, severity: "high" });
    expect(gap.why).toContain("one person alone");
  });

  it("Markdown keeps what people typed as text, in rows that all have the same cells", async () => {
    const text = await textOf("md");
    expect(text).not.toContain("<script>");
    expect(text).not.toContain("](javascript:");
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    const cells = rows.map((row) => row.replaceAll("\\|", "").split("|").length);
    expect(new Set(cells).size).toBe(2);
    expect(rows.length).toBeGreaterThan(26);
  });

  it("PDF is understood without the app: plan, gaps, matrix with its legend, radars, assumptions", async ({
    skip,
  }) => {
    const { bytes } = await writeTeamFile(teamOf(), "pdf", null);
    const text = readPdf(bytes);
    if (text === null) return skip("NOT RUN: pdftotext is not installed");
    for (const said of [
      "How the gaps are closed",
      "What is short, and how much it weighs",
      "Who can hold the pilot alone",
      "3 Practitioner",
      "Outline: required.",
      "What this rests on",
      "Nobody is ranked.",
      "page 1 of",
    ]) {
      expect(text, said).toContain(said);
    }
    expect(Buffer.from(bytes).toString("latin1")).toMatch(/\/S \/Figure/);
  });

  it("the workbook keeps figures as numbers and everything typed as text", async () => {
    const { bytes } = await writeTeamFile(teamOf(), "xlsx", null);
    const sheets = await readXlsxFile(Buffer.from(bytes));
    const plan = sheets.find(({ sheet }) => sheet === "Hiring")?.data ?? [];
    expect(plan.length).toBeGreaterThan(2);
    const cells = sheets.flatMap(({ data }) => data.flat());
    expect(cells.filter((cell) => typeof cell === "number").length).toBeGreaterThan(10);
    expect(cells).toContain(HOSTILE);
  });
});

describe("the advertisement", () => {
  it("as JSON-LD is a JobPosting", async () => {
    const posting = JSON.parse(await textOf("job.jsonld"));
    const validate = new Ajv2020({ allErrors: true }).compile(JOB_POSTING);
    expect(validate(posting) ? [] : validate.errors).toEqual([]);
    expect(posting.baseSalary.value).toMatchObject({ minValue: 700, maxValue: 900.5, unitText: "DAY" });
    expect(validate({ ...posting, baseSalary: undefined })).toBe(false);
    expect(validate({ ...posting, title: "" })).toBe(false);
  });

  it.each(["job.md", "job.html", "job.jsonld"])("%s runs nothing and names no years", async (format) => {
    const text = await textOf(format);
    expect(text).not.toMatch(/(?<!\\)<(?:script|img)|onerror=/i);
    expect(text).not.toMatch(/\d+\+? years/i);
    expect(text).toContain("Senior ML Engineer");
  });

  it.each([
    ["no pay range", { pay: [] }, "Desk", "PAY_MISSING"],
    ["only another role's pay", { pay: [{ ...PAY, roleId: "OPS" as const }] }, "Desk", "PAY_MISSING"],
    ["a coded word in the project's name", {}, "Rockstar desk", "WORDING_CODED"],
    ["years in the project's name", {}, "5+ years desk", "WORDING_CODED"],
  ])("with %s is refused", async (_title, over, name, code) => {
    await expect(writeTeamFile(teamOf(over, name), "job.md", "MLE")).rejects.toMatchObject({ code });
  });

  it.each([
    ["an unknown role", "job.md", "CEO", "ROLE_UNKNOWN"],
    ["no role", "interview.md", null, "ROLE_UNKNOWN"],
    ["an unknown format", "docx", "MLE", "NOT_FOUND"],
    ["a name every object has", "constructor", "MLE", "NOT_FOUND"],
    ["a path", "../../etc/passwd", "MLE", "NOT_FOUND"],
  ])("%s is refused", async (_title, format, role, code) => {
    await expect(writeTeamFile(teamOf(), format, role)).rejects.toMatchObject({ code });
  });
});

describe("the interview kit outside", { timeout: 60_000 }, () => {
  it("for Greenhouse: stages with minutes, questions, and no rating by us", async () => {
    const file = JSON.parse(await textOf("greenhouse.json"));
    const minutes = file.stages.map(
      (stage: { interviews: { estimated_minutes: number }[] }) => stage.interviews[0]?.estimated_minutes,
    );
    expect(minutes).toEqual([30, 60, 90, 45, 30]);
    expect(file.overall_recommendation).toBe("no_decision");
    expect(
      file.attributes.every(
        (one: { type: string; rating: null }) => one.type === "Skills" && one.rating === null,
      ),
    ).toBe(true);
    const content = file.stages[0].interviews[0].interview_kit.content;
    expect(content.match(/<\/?(\w+)/g).every((tag: string) => /^<\/?(p|ul|li|b|i|a)$/.test(tag))).toBe(true);
  });

  it("for Ashby: scores from 1 to 4 that may stay empty", async () => {
    const file = JSON.parse(await textOf("ashby.json"));
    const fields = file.sections.flatMap((section: { fields: { type: string }[] }) => section.fields);
    const scores = fields.filter((field: { type: string }) => field.type === "Score");
    expect(scores.length).toBeGreaterThan(9);
    for (const one of scores) expect(one).toMatchObject({ minimum: 1, maximum: 4, isNullable: true });
    expect(JSON.stringify(file)).not.toMatch(/"(?:total|average|rank\w*)":/i);
  });

  it("as Markdown and PDF: a sheet for each interviewer, with the guide's question and all anchors", async ({
    skip,
  }) => {
    const text = await textOf("interview.md");
    expect(text).toContain("Walk me through the architecture of a production RAG system");
    expect(text.match(/^## \d\\?\./gm)).toHaveLength(5);
    const paper = readPdf((await writeTeamFile(teamOf(), "interview.pdf", "MLE")).bytes);
    if (paper === null) return skip("NOT RUN: pdftotext is not installed");
    expect(paper.match(/Alias of the candidate/g)).toHaveLength(5);
    expect(paper).toContain("Names tools only.");
  });
});
