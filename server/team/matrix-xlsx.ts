import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import writeXlsxFile, { type Cell, type Row, type Sheet } from "write-excel-file/node";
import { sayRoom } from "#server/messages/say.ts";
import {
  groupName,
  labelLevel,
  labelRequirement,
  labelResponsibility,
  skillsInOrder,
} from "./export-matrix-csv.ts";
import { countLevel } from "./measure-gaps.ts";
import type { CalendarDate, Person, RequiredRole, SkillCatalogue, SkillGap } from "./schema.ts";

const say = sayRoom("team");

export interface MatrixBook {
  catalogue: SkillCatalogue;
  projectName: string;
  asOf: CalendarDate;
  roles: RequiredRole[];
  gaps: SkillGap[];
  people: Person[];
}

type Style = Exclude<Cell, null | undefined | string | number | boolean | Date>;

/** The tints of the screen. Level 4 carries white text. */
const TINTS: Record<number, Style> = {
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
  const sheets: Sheet<Buffer>[] = [requiredSheet(book), teamSheet(book), legendSheet(book)];
  const buffer = await writeXlsxFile(sheets).toBuffer();
  return settle(new Uint8Array(buffer));
}

/** Text, whatever it looks like: a cell of type String is never read as a formula. */
function text(value: string, style: Style = {}): Cell {
  return { value, type: String, ...style };
}

function requiredSheet({ catalogue, projectName, asOf, roles, gaps }: MatrixBook): Sheet<Buffer> {
  const title = say("xlsx.title", { project: projectName, day: asOf });
  const head = [
    say("csv.skillId"),
    say("skill"),
    say("csv.group"),
    ...roles.map((r) => say("xlsx.role", { role: r.name, id: r.id, responsibility: labelResponsibility(r) })),
  ];
  const rows = skillsInOrder(catalogue).map((skill): Row => {
    const gap = gaps.find((g) => g.skillId === skill.id);
    return [
      text(skill.id),
      text(skill.name),
      text(groupName(catalogue, skill.group)),
      ...roles.map((role) => {
        const requirement = role.requirements.find((r) => r.skillId === skill.id);
        if (!requirement) return text(say("notRequired"), { textColor: "#666C72" });
        const weight: Style = requirement.importance === "must" ? { fontWeight: "bold" } : {};
        return text(labelRequirement(catalogue, requirement), { ...TINTS[requirement.level], ...weight });
      }),
      text(
        gap
          ? labelRequirement(catalogue, { level: gap.required, importance: gap.importance })
          : say("xlsx.notNeeded"),
      ),
      text(gap ? (gap.assessed ? labelLevel(catalogue, gap.covered) : say("notAssessed")) : ""),
      text(gap ? labelGap(gap) : ""),
      text(gap ? String(gap.busFactor) : ""),
    ];
  });
  const all = [...head, say("xlsx.neededHere"), say("held"), say("gap"), say("busFactor")];
  return {
    sheet: say("xlsx.sheet.matrix"),
    orientation: "landscape",
    stickyRowsCount: HEAD_ROWS,
    stickyColumnsCount: 2,
    columns: all.map((_, column) => ({ width: [9, 34, 28][column] ?? 22 })),
    data: [[text(title, { fontWeight: "bold" })], all.map((heading) => text(heading, HEAD)), ...rows],
  };
}

export function labelGap(gap: SkillGap): string {
  const notes = [gap.stale ? say("stale") : "", gap.selfRated ? say("selfRated") : ""].filter(Boolean);
  const covered = gap.busFactor === 1 ? say("gapState.oneHolder") : say("gapState.covered");
  const state = gap.gap > 0 ? say("gapState.short", { levels: gap.gap }) : covered;
  const severity = gap.severity === "low" ? "" : say(`severity.${gap.severity}`);
  return [state, severity, ...notes].filter(Boolean).join(", ");
}

function teamSheet({ catalogue, people, asOf }: MatrixBook): Sheet<Buffer> {
  const head = [say("csv.skillId"), say("skill"), ...people.map((person) => person.alias)];
  const rows = skillsInOrder(catalogue).map(
    (skill): Row => [
      text(skill.id),
      text(skill.name),
      ...people.map((person) => {
        const held = countLevel(person, skill.id, asOf);
        if (!held) return text(say("notAssessed"), { textColor: "#666C72" });
        const { source, rated, stale } = held;
        const level = labelLevel(catalogue, held.level);
        return text(
          say("xlsx.held", { level, source, rated, stale: stale ? "yes" : "no" }),
          TINTS[held.level],
        );
      }),
    ],
  );
  return {
    sheet: say("xlsx.sheet.team"),
    orientation: "landscape",
    stickyRowsCount: HEAD_ROWS,
    stickyColumnsCount: 2,
    columns: head.map((_, column) => ({ width: [9, 34][column] ?? 24 })),
    data: [[text(say("xlsx.teamNote"))], head.map((heading) => text(heading, HEAD)), ...rows],
  };
}

function legendSheet({ catalogue, asOf }: MatrixBook): Sheet<Buffer> {
  const levels = catalogue.levels.map(({ level, meaning }) => [
    text(labelLevel(catalogue, level), TINTS[level]),
    text(meaning, { wrap: true }),
  ]);
  const words = LEGEND.map((key) => [
    text(say(`legend.${key}.word`)),
    text(say(`legend.${key}.meaning`), { wrap: true }),
  ]);
  const anchors = skillsInOrder(catalogue).flatMap((skill) =>
    skill.anchors.map((anchor, index) => [
      text(
        say("xlsx.skillLevel", {
          skill: `${skill.id} ${skill.name}`,
          level: labelLevel(catalogue, index + 1),
        }),
      ),
      text(anchor ?? say("xlsx.noLevel"), { wrap: true }),
    ]),
  );
  const groups = catalogue.groups.map((group) => group.name).join("; ");
  return {
    sheet: say("xlsx.sheet.legend"),
    orientation: "landscape",
    stickyRowsCount: 1,
    columns: [{ width: 52 }, { width: 110 }],
    data: [
      [text(say("xlsx.word"), HEAD), text(say("xlsx.meaning"), HEAD)],
      ...levels,
      ...words,
      [text(say("xlsx.groups")), text(groups, { wrap: true })],
      [text(say("xlsx.catalogue")), text(say("xlsx.version", { version: catalogue.version, day: asOf }))],
      ...anchors,
    ],
  };
}

/**
 * The library stamps each entry with the time of writing and knows no page set-up. Entries are packed again with
 * one local date (a UTC date would move with the time zone), and each sheet prints on the width of a page.
 */
function settle(bytes: Uint8Array): Uint8Array {
  const mtime = new Date(2020, 0, 1);
  const entries: Zippable = {};
  // Readers sniff the first entry, so the order of the library is kept: it does not vary.
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    const settled = /^xl\/worksheets\/sheet\d+\.xml$/.test(path)
      ? strToU8(fitToWidth(strFromU8(content)))
      : path === "xl/workbook.xml"
        ? strToU8(repeatHeads(strFromU8(content)))
        : content;
    entries[path] = [settled, { mtime, level: 6 }];
  }
  return zipSync(entries);
}

/** A4 landscape, one page wide, as many pages long as it takes. Schema order: sheetPr first, pageSetup late. */
function fitToWidth(xml: string): string {
  const set =
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  const fitted = xml
    .replace(/<pageSetup[^>]*\/>/, "")
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace("</sheetData>", `</sheetData>${set}`);
  if (!fitted.includes("fitToHeight") || !fitted.includes("fitToPage"))
    throw new Error("the sheet has no place for a page set-up");
  return fitted;
}

/** The heading rows of Matrix and Team stand on every printed page. */
function repeatHeads(xml: string): string {
  const names = [say("xlsx.sheet.matrix"), say("xlsx.sheet.team")].map(
    (sheet, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}!$1:$${HEAD_ROWS}</definedName>`,
  );
  return xml.replace("<definedNames/>", () => `<definedNames>${names.join("")}</definedNames>`);
}
