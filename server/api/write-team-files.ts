import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { writePdf } from "#server/paper/write-pdf.ts";
import { writeAshby, writeGreenhouse } from "#server/team/export-ats.ts";
import {
  setInterviewPaper,
  writeInterviewJson,
  writeInterviewMarkdown,
} from "#server/team/export-interview.ts";
import { writeJobHtml, writeJobMarkdown, writeJobPosting } from "#server/team/export-job.ts";
import { writeLongCsv, writeWideCsv } from "#server/team/export-matrix-csv.ts";
import { writeTeamJson, writeTeamMarkdown } from "#server/team/export-team.ts";
import { setTeamPaper } from "#server/team/set-team-paper.ts";
import { writeLargeMatrixXlsx } from "#server/team/write-large-matrix-xlsx.ts";
import { findRole, interviewOf, jobOf, type LoadedHiring } from "./load-hiring.ts";

const say = sayRoom("errors");

export type TeamFile = { bytes: Uint8Array | string; fileName: string; contentType: string };

const TYPES = {
  csv: "text/csv; charset=utf-8",
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  jsonld: "application/ld+json; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

type Write = (team: LoadedHiring, roleId: string) => Promise<Uint8Array | string> | string;
type Kind = { of: "team" | "role"; name: string; ending: string; type: string; write: Write };

/** Every file of the room by the name that web and terminal ask for it. */
const KINDS: Record<string, Kind> = {
  xlsx: team("xlsx", TYPES.xlsx, ({ file, report, project }) =>
    writeLargeMatrixXlsx({ ...file, projectName: project.name, roles: report.roles, gaps: report.gaps }),
  ),
  csv: team("csv", TYPES.csv, ({ file, report }) => writeWideCsv({ ...file, roles: report.roles })),
  "long.csv": team("long.csv", TYPES.csv, ({ file, report }) =>
    writeLongCsv({ ...file, roles: report.roles }),
  ),
  json: team("json", TYPES.json, ({ file }) => writeTeamJson(file)),
  md: team("md", TYPES.md, ({ file }) => writeTeamMarkdown(file)),
  pdf: team("pdf", TYPES.pdf, ({ file }) => writePdf(setTeamPaper(file))),
  "interview.json": role("interview", "json", TYPES.json, (all, id) =>
    writeInterviewJson(interviewOf(all, id)),
  ),
  "interview.md": role("interview", "md", TYPES.md, (all, id) =>
    writeInterviewMarkdown(interviewOf(all, id)),
  ),
  "interview.pdf": role("interview", "pdf", TYPES.pdf, (all, id) =>
    writePdf(setInterviewPaper(interviewOf(all, id), all.asOf)),
  ),
  "job.jsonld": role("job", "jsonld", TYPES.jsonld, (all, id) => writeJobPosting(postingOf(all, id))),
  "job.md": role("job", "md", TYPES.md, (all, id) => writeJobMarkdown(postingOf(all, id))),
  "job.html": role("job", "html", TYPES.html, (all, id) => writeJobHtml(postingOf(all, id))),
  "greenhouse.json": role("greenhouse", "json", TYPES.json, (all, id) => writeGreenhouse(atsOf(all, id))),
  "ashby.json": role("ashby", "json", TYPES.json, (all, id) => writeAshby(atsOf(all, id))),
};

export const TEAM_FORMATS = Object.keys(KINDS);

/** @throws PilotageError NOT_FOUND for a format, ROLE_UNKNOWN, PAY_MISSING, WORDING_CODED */
export async function writeTeamFile(
  all: LoadedHiring,
  format: string,
  roleId: string | null,
): Promise<TeamFile> {
  const kind = Object.hasOwn(KINDS, format) ? KINDS[format] : undefined;
  if (!kind) {
    throw new PilotageError(
      "absent",
      "NOT_FOUND",
      say("NOT_FOUND.matrixFormat", { format: format.slice(0, 40) }),
      {
        hint: say("NOT_FOUND.formats", { formats: TEAM_FORMATS.join(", ") }),
      },
    );
  }
  const id = kind.of === "role" ? findRole(all, roleId ?? "").id : "";
  const { name, ending, type, write } = kind;
  const about = kind.of === "role" ? `${name}-${id}` : name;
  return {
    bytes: await write(all, id),
    fileName: `${about}-${all.project.name}-${all.asOf}.${ending}`,
    contentType: type,
  };
}

function team(ending: string, type: string, write: Write): Kind {
  return { of: "team", name: "skills", ending, type, write };
}

function role(name: string, ending: string, type: string, write: Write): Kind {
  return { of: "role", name, ending, type, write };
}

/** Who advertises and where is filled in by the people who publish. */
const EMPLOYER = { name: null, country: null, place: null, remote: false };

function postingOf(all: LoadedHiring, roleId: string) {
  return { job: jobOf(all, roleId), employer: EMPLOYER, datePosted: all.asOf };
}

/** A kit for another system asks for no pay: nothing of it is published. */
function atsOf({ report, catalogue }: LoadedHiring, roleId: string) {
  const found = findRole({ report }, roleId);
  const attributes = found.requirements
    .filter(({ importance }) => importance === "must")
    .flatMap(({ skillId, level }) => {
      const skill = catalogue.skills.find((one) => one.id === skillId);
      const does = skill?.anchors[level - 1];
      return skill && does
        ? [{ skillId, name: skill.name, level: catalogue.levels[level]?.name ?? "", does }]
        : [];
    });
  return { kit: interviewOf({ report }, roleId), attributes };
}
