import { sayRoom } from "#server/messages/say.ts";
import { type Block, type Cell, type Paper, tintOf } from "#server/paper/blocks.ts";
import { describeTeam } from "./describe-team.ts";
import { drawRadar } from "./draw-radar.ts";
import { groupName, labelLevel, skillsInOrder } from "./export-matrix-csv.ts";
import { labelGap } from "./label-gap.ts";
import { measureHeld } from "./measure-gaps.ts";
import { nameHolder } from "./name-holder.ts";
import type { Money } from "./price-slot.ts";
import type { HiringReport } from "./report-hiring.ts";
import type { CalendarDate, Person, SkillCatalogue, TeamReport } from "./schema.ts";

const say = sayRoom("staffing");
const sayTeam = sayRoom("team");

export interface TeamExport {
  projectName: string;
  catalogue: SkillCatalogue;
  people: Person[];
  /** People elsewhere in the workspace, who may be named as lenders. */
  borrowable: Person[];
  asOf: CalendarDate;
  pilotStart: CalendarDate | null;
  report: TeamReport;
  hiring: HiringReport;
}

/** What a hiring manager reads who has never seen the app: matrix, gaps, plan, cost, assumptions, a radar a role. */
export function setTeamPaper(team: TeamExport): Paper {
  const title = say("paper.team", { project: team.projectName });
  return {
    title,
    language: "en-GB",
    subject: say("paper.teamSubject"),
    day: team.asOf,
    orientation: "landscape",
    foot: (page, pages) => say("paper.foot", { title, day: team.asOf, page, pages }),
    blocks: [
      { kind: "text", as: "lead", text: describeTeam(team.report, team.people.length) },
      ...setPlan(team),
      ...setGaps(team),
      ...setAlone(team),
      ...setMatrix(team),
      ...setRadars(team),
      { kind: "heading", level: 2, text: say("paper.assumptions") },
      { kind: "list", items: team.hiring.assumptions },
      { kind: "text", as: "note", text: say("paper.care") },
    ],
  };
}

function setPlan({ hiring, ...team }: TeamExport): Block[] {
  const heading: Block = { kind: "heading", level: 2, text: say("paper.plan") };
  if (hiring.lines.length === 0) return [heading, { kind: "text", text: say("paper.planEmpty") }];
  const table: Block = {
    kind: "table",
    caption: "",
    columns: [
      { head: say("paper.col.how"), share: 7 },
      { head: say("paper.col.who"), share: 12 },
      { head: say("paper.col.closes"), share: 11 },
      { head: say("paper.col.beginBy"), share: 9 },
      { head: say("paper.col.because"), share: 26 },
      { head: say("paper.col.must"), share: 11 },
      { head: say("paper.col.nice"), share: 11 },
      { head: say("paper.col.cost"), share: 22 },
    ],
    rows: hiring.lines.map((line): Cell[] => [
      { text: sayTeam(`action.${line.action}`), bold: true },
      nameHolder(line, team),
      line.skillIds.join(", "),
      line.startBy ?? "–",
      line.rationale,
      line.mustHave.join(", "),
      line.niceToHave.join(", "),
      [line.cost.pilot ? sayMoney(line.cost.pilot) : "", line.cost.how].filter(Boolean).join(". "),
    ]),
  };
  return [heading, table, { kind: "text", text: sayTotal(hiring) }];
}

export function sayMoney({ min, max, currency }: Money): string {
  return say("money.range", { min, max, currency });
}

export function sayTotal({ total }: HiringReport): string {
  const parts = [
    ...total.pilot.map((money) => say("money.pilot", { range: sayMoney(money) })),
    ...total.yearly.map((money) => say("money.yearly", { range: sayMoney(money) })),
  ];
  const sums = parts.length > 0 ? `${parts.join("; ")}.` : "";
  return [sums, total.unpriced > 0 ? say("money.unpriced", { count: total.unpriced }) : ""]
    .filter(Boolean)
    .join(" ");
}

function setGaps({ hiring, catalogue }: TeamExport): Block[] {
  const rows = hiring.gaps
    .filter((gap) => gap.severity !== "low")
    .map((gap): Cell[] => [
      `${gap.skillId} ${nameOf(catalogue, gap.skillId)}`,
      labelLevel(catalogue, gap.required),
      gap.assessed ? labelLevel(catalogue, gap.covered) : sayTeam("notAssessed"),
      String(gap.busFactor),
      { text: sayTeam(`severity.${gap.severity}`), bold: gap.severity === "blocker" },
      gap.why,
    ]);
  if (rows.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: say("paper.gaps") },
    {
      kind: "table",
      caption: "",
      columns: [
        { head: say("paper.col.skill"), share: 24 },
        { head: say("paper.col.needed"), share: 11 },
        { head: say("paper.col.held"), share: 11 },
        { head: say("paper.col.busFactor"), share: 8, align: "right" },
        { head: say("paper.col.weight"), share: 8 },
        { head: say("paper.col.why"), share: 50 },
      ],
      rows,
    },
  ];
}

function setAlone({ hiring: { coverage }, report, people }: TeamExport): Block[] {
  if (!coverage) return [];
  const names = new Map<string, string>([
    ...report.roles.map((role): [string, string] => [role.id, role.name]),
    ...people.map((person): [string, string] => [person.id, person.alias]),
  ]);
  const rows = [...coverage.people, ...coverage.roles].map(({ id, alone, missing }) => [
    names.get(id) ?? id,
    alone
      ? say("sayAlone.yes")
      : say("sayAlone.lacks", {
          skills: missing
            .map(({ skillId, held, required }) => `${skillId} (${held} < ${required})`)
            .join(", "),
        }),
  ]);
  const { smallestTeam } = coverage;
  return [
    { kind: "heading", level: 2, text: say("paper.alone") },
    {
      kind: "table",
      caption: "",
      columns: [
        { head: say("paper.col.role"), share: 1 },
        { head: say("paper.col.missing"), share: 3 },
      ],
      rows,
    },
    {
      kind: "text",
      text: smallestTeam
        ? say("sayAlone.smallest", { roles: smallestTeam.map((id) => names.get(id) ?? id).join(", ") })
        : say("sayAlone.noTeam"),
    },
  ];
}

function setMatrix({ catalogue, report: { roles, gaps } }: TeamExport): Block[] {
  const rows = skillsInOrder(catalogue).map((skill): Cell[] => {
    const gap = gaps.find((one) => one.skillId === skill.id);
    return [
      `${skill.id} ${skill.name}`,
      groupName(catalogue, skill.group),
      ...roles.map((role): Cell => {
        const found = role.requirements.find((one) => one.skillId === skill.id);
        if (!found) return "·";
        const text = `${found.level} ${sayTeam(`importanceLetter.${found.importance}`)}`;
        return { text, bold: found.importance === "must", ...tintOf(found.level) };
      }),
      gap ? String(gap.required) : "",
      gap ? (gap.assessed ? String(gap.covered) : "–") : "",
      gap ? labelGap(gap) : "",
      gap ? String(gap.busFactor) : "",
    ];
  });
  return [
    { kind: "newPage" },
    { kind: "heading", level: 2, text: say("paper.matrix") },
    {
      kind: "text",
      as: "note",
      text: say("paper.matrixNote", {
        levels: catalogue.levels.map(({ level, name }) => `${level} ${name}`).join(", "),
      }),
    },
    {
      kind: "table",
      caption: "",
      columns: [
        { head: say("paper.col.skill"), share: 26 },
        { head: sayTeam("csv.group"), share: 20 },
        ...roles.map((role) => ({ head: role.name, share: 9 })),
        { head: say("paper.col.needed"), share: 8, align: "right" as const },
        { head: say("paper.col.held"), share: 6, align: "right" as const },
        { head: say("paper.col.gap"), share: 15 },
        { head: say("paper.col.busFactor"), share: 7, align: "right" as const },
      ],
      rows,
    },
  ];
}

function setRadars({ report: { roles }, people, asOf }: TeamExport): Block[] {
  const heldOf = (skillId: string) => measureHeld(skillId, people, asOf);
  return [
    { kind: "newPage" },
    { kind: "heading", level: 2, text: say("paper.radars") },
    ...roles
      .filter((role) => role.share !== null)
      .flatMap((role): Block[] => {
        const musts = role.requirements.filter(({ importance }) => importance === "must");
        const reading = say("paper.radarReading", {
          short: musts.filter(({ skillId, level }) => (heldOf(skillId) ?? level) < level).length,
          unknown: musts.filter(({ skillId }) => heldOf(skillId) === null).length,
        });
        const twin = musts
          .map(({ skillId, level }) => `${skillId} ${heldOf(skillId) ?? "–"}/${level}`)
          .join(", ");
        return [
          { kind: "heading", level: 3, text: role.name },
          { kind: "text", as: "reading", text: reading },
          drawRadar(role, heldOf, `${role.name}. ${reading} ${twin}`),
          { kind: "text", as: "note", text: twin },
        ];
      }),
  ];
}

function nameOf({ skills }: SkillCatalogue, id: string): string {
  return skills.find((skill) => skill.id === id)?.name ?? "";
}
