import writeXlsxFile, { type Cell, type Row, type Sheet } from "write-excel-file/node";
import { sayRoom } from "#server/messages/say.ts";
import {
  groupName,
  labelLevel,
  labelRequirement,
  labelResponsibility,
  skillsInOrder,
} from "./export-matrix-csv.ts";
import { labelGap } from "./label-gap.ts";
import { countLevel } from "./measure-gaps.ts";
import { nameHolder } from "./name-holder.ts";
import type { HiringReport } from "./report-hiring.ts";
import type { CalendarDate, Person, RequiredRole, SkillCatalogue, SkillGap } from "./schema.ts";
import { settleXlsx } from "./settle-xlsx.ts";

const sayTeam = sayRoom("team");
const say = sayRoom("staffing");

export interface MatrixBook {
  catalogue: SkillCatalogue;
  projectName: string;
  asOf: CalendarDate;
  roles: RequiredRole[];
  gaps: SkillGap[];
  people: Person[];
  /** People elsewhere in the workspace, who may be named as lenders. */
  borrowable?: Person[];
  /** Without it there is no sheet of the hiring plan. */
  hiring?: HiringReport;
}

type Style = Exclude<Cell, null | undefined | string | number | boolean | Date>;

/** The tints of the screen. Level 4 carries white text. */
const TINTS: Record<number, { backgroundColor: string; textColor?: string }> = {
  1: { backgroundColor: "#E7ECF0" },
  2: { backgroundColor: "#C9D5E0" },
  3: { backgroundColor: "#97AEC3" },
  4: { backgroundColor: "#35526E", textColor: "#FFFFFF" },
};
const LEGEND = [
  "must",
  "should",
  "could",
  "notAssessed",
  "selfRated",
  "stale",
  "busFactor",
  "blocker",
] as const;
const HEAD: Style = { fontWeight: "bold", wrap: true, alignVertical: "bottom", bottomBorderStyle: "thin" };
const HEAD_ROWS = 2;

/** A workbook of matrix, team and legend. The same input gives the same bytes. */
export async function writeMatrixXlsx(book: MatrixBook): Promise<Uint8Array> {
  const plan = book.hiring ? [hiringSheet(book, book.hiring)] : [];
  const sheets: Sheet<Buffer>[] = [requiredSheet(book), teamSheet(book), ...plan, legendSheet(book)];
  const buffer = await writeXlsxFile(sheets).toBuffer();
  const skills = book.catalogue.skills.length;
  return settleXlsx(new Uint8Array(buffer), {
    repeatRows: [
      sayTeam("xlsx.sheet.matrix"),
      sayTeam("xlsx.sheet.team"),
      ...plan.map(() => say("xlsx.sheet")),
    ],
    headRows: HEAD_ROWS,
    levels: [
      { sheet: 1, firstColumn: 4, columns: book.roles.length, rows: skills },
      { sheet: 2, firstColumn: 3, columns: book.people.length, rows: skills },
    ],
    tints: TINTS,
  });
}

/** Text, whatever it looks like: a cell of type String is never read as a formula. */
function text(value: string, style: Style = {}): Cell {
  return { value, type: String, ...style };
}

/** A figure: right-aligned, and a number to whoever counts with it. */
function figure(value: number | null): Cell {
  return value === null ? text("") : { value, type: Number, align: "right" };
}

function requiredSheet({ catalogue, projectName, asOf, roles, gaps }: MatrixBook): Sheet<Buffer> {
  const title = sayTeam("xlsx.title", { project: projectName, day: asOf });
  const head = [
    sayTeam("csv.skillId"),
    sayTeam("skill"),
    sayTeam("csv.group"),
    ...roles.map((r) =>
      sayTeam("xlsx.role", { role: r.name, id: r.id, responsibility: labelResponsibility(r) }),
    ),
  ];
  const rows = skillsInOrder(catalogue).map((skill): Row => {
    const gap = gaps.find((g) => g.skillId === skill.id);
    return [
      text(skill.id),
      text(skill.name),
      text(groupName(catalogue, skill.group)),
      ...roles.map((role) => {
        const requirement = role.requirements.find((r) => r.skillId === skill.id);
        if (!requirement) return text(sayTeam("notRequired"), { textColor: "#666C72" });
        const weight: Style = requirement.importance === "must" ? { fontWeight: "bold" } : {};
        return text(labelRequirement(catalogue, requirement), { ...TINTS[requirement.level], ...weight });
      }),
      text(
        gap
          ? labelRequirement(catalogue, { level: gap.required, importance: gap.importance })
          : sayTeam("xlsx.notNeeded"),
      ),
      text(gap ? (gap.assessed ? labelLevel(catalogue, gap.covered) : sayTeam("notAssessed")) : ""),
      text(gap ? labelGap(gap) : ""),
      figure(gap ? gap.busFactor : null),
    ];
  });
  const all = [...head, sayTeam("xlsx.neededHere"), sayTeam("held"), sayTeam("gap"), sayTeam("busFactor")];
  return {
    sheet: sayTeam("xlsx.sheet.matrix"),
    orientation: "landscape",
    stickyRowsCount: HEAD_ROWS,
    stickyColumnsCount: 2,
    columns: all.map((_, column) => ({ width: [9, 34, 28][column] ?? 22 })),
    data: [[text(title, { fontWeight: "bold" })], all.map((heading) => text(heading, HEAD)), ...rows],
  };
}

/** The plan with its days and amounts as figures, one line a person or role. */
function hiringSheet(book: MatrixBook, { lines }: HiringReport): Sheet<Buffer> {
  const { projectName, asOf, people, borrowable = [], roles } = book;
  const columns: {
    key: "how" | "who" | "closes" | "beginBy" | "readyBy" | "because" | "must" | "nice";
    width: number;
  }[] = [
    { key: "how", width: 11 },
    { key: "who", width: 26 },
    { key: "closes", width: 24 },
    { key: "beginBy", width: 12 },
    { key: "readyBy", width: 12 },
    { key: "because", width: 70 },
    { key: "must", width: 30 },
    { key: "nice", width: 30 },
  ];
  const figures = ["days", "from", "to"] as const;
  const heads = [
    ...columns.map(({ key }) => say(`paper.col.${key}`)),
    ...figures.map((key) => say(`xlsx.${key}`)),
    say("xlsx.currency"),
    say("xlsx.how"),
  ];
  const rows = lines.map((line): Row => {
    const { pilot, days, how } = line.cost;
    return [
      text(sayTeam(`action.${line.action}`)),
      text(nameHolder(line, { report: { roles }, people, borrowable })),
      text(line.skillIds.join(", "), { wrap: true }),
      text(line.startBy ?? ""),
      text(line.readyBy ?? ""),
      text(line.rationale, { wrap: true }),
      text(line.mustHave.join(", "), { wrap: true }),
      text(line.niceToHave.join(", "), { wrap: true }),
      figure(days),
      figure(pilot?.min ?? null),
      figure(pilot?.max ?? null),
      text(pilot?.currency ?? ""),
      text(how, { wrap: true }),
    ];
  });
  return {
    sheet: say("xlsx.sheet"),
    orientation: "landscape",
    stickyRowsCount: HEAD_ROWS,
    stickyColumnsCount: 2,
    columns: heads.map((_, at) => ({ width: columns[at]?.width ?? (at === heads.length - 1 ? 70 : 12) })),
    data: [
      [text(say("xlsx.title", { project: projectName, day: asOf }), { fontWeight: "bold" })],
      heads.map((heading) => text(heading, HEAD)),
      ...rows,
    ],
  };
}

function teamSheet({ catalogue, people, asOf }: MatrixBook): Sheet<Buffer> {
  const head = [sayTeam("csv.skillId"), sayTeam("skill"), ...people.map((person) => person.alias)];
  const rows = skillsInOrder(catalogue).map(
    (skill): Row => [
      text(skill.id),
      text(skill.name),
      ...people.map((person) => {
        const held = countLevel(person, skill.id, asOf);
        if (!held) return text(sayTeam("notAssessed"), { textColor: "#666C72" });
        const { source, rated, stale } = held;
        const level = labelLevel(catalogue, held.level);
        return text(
          sayTeam("xlsx.held", { level, source, rated, stale: stale ? "yes" : "no" }),
          TINTS[held.level],
        );
      }),
    ],
  );
  return {
    sheet: sayTeam("xlsx.sheet.team"),
    orientation: "landscape",
    stickyRowsCount: HEAD_ROWS,
    stickyColumnsCount: 2,
    columns: head.map((_, column) => ({ width: [9, 34][column] ?? 24 })),
    data: [[text(sayTeam("xlsx.teamNote"))], head.map((heading) => text(heading, HEAD)), ...rows],
  };
}

function legendSheet({ catalogue, asOf }: MatrixBook): Sheet<Buffer> {
  const levels = catalogue.levels.map(({ level, meaning }) => [
    text(labelLevel(catalogue, level), TINTS[level]),
    text(meaning, { wrap: true }),
  ]);
  const words = LEGEND.map((key) => [
    text(sayTeam(`legend.${key}.word`)),
    text(sayTeam(`legend.${key}.meaning`), { wrap: true }),
  ]);
  const anchors = skillsInOrder(catalogue).flatMap((skill) =>
    skill.anchors.map((anchor, index) => [
      text(
        sayTeam("xlsx.skillLevel", {
          skill: `${skill.id} ${skill.name}`,
          level: labelLevel(catalogue, index + 1),
        }),
      ),
      text(anchor ?? sayTeam("xlsx.noLevel"), { wrap: true }),
    ]),
  );
  const groups = catalogue.groups.map((group) => group.name).join("; ");
  return {
    sheet: sayTeam("xlsx.sheet.legend"),
    orientation: "landscape",
    stickyRowsCount: 1,
    columns: [{ width: 52 }, { width: 110 }],
    data: [
      [text(sayTeam("xlsx.word"), HEAD), text(sayTeam("xlsx.meaning"), HEAD)],
      ...levels,
      ...words,
      [text(sayTeam("xlsx.groups")), text(groups, { wrap: true })],
      [
        text(sayTeam("xlsx.catalogue")),
        text(sayTeam("xlsx.version", { version: catalogue.version, day: asOf })),
      ],
      ...anchors,
    ],
  };
}
