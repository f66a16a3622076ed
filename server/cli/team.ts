import { parseArgs } from "node:util";
import { judgeLayers } from "#server/decision/judge-layers.ts";
import { RULE_SET } from "#server/decision/read-rule-set.ts";
import { kindOfFile, readProjectFile } from "#server/plan/read-project-file.ts";
import { deriveDemand } from "#server/team/derive-demand.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { reportTeam } from "#server/team/report-team.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";
import { type Command, exitCodes } from "./command.ts";
import { readDate } from "./read-date.ts";
import { readJson } from "./read-input.ts";
import { refuseMore } from "./refuse-more.ts";

export const team: Command = {
  name: "team",
  summary:
    "Reads a project file and says who is required: each role's skills, what the project needs, what its people lack, and how each gap is closed. --as-of sets the day against which ratings grow stale. With import it says what a CSV or XLSX of the matrix that was edited elsewhere would change in a stored project; --confirm with the digest of that answer saves it. With export it writes one file of a stored project: matrix, hiring plan, interview kit, advertisement or work sample.",
  usage:
    "project.json [--as-of YYYY-MM-DD] | import FILE --project ID [--source peer|manager|evidence|self] [--confirm DIGEST] [--reason TEXT] | export --project ID --format FORMAT [--role ROLE] --out FILE",
  example: "npm run --silent pilotage -- team project.json",
  run: async (args, io) => {
    const text = { type: "string" } as const;
    const imports = { source: text, confirm: text, reason: text } as const;
    const exports = { format: text, role: text, out: text } as const;
    const options = { "as-of": text, project: text, ...imports, ...exports } as const;
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
    if (positionals[0] === "import") {
      refuseMore(positionals, 2);
      const { project, source, confirm, reason } = values;
      // On demand: the report of a file must not pay for the database.
      const { importTeamFile } = await import("./team-file.ts");
      io.answer(await importTeamFile(positionals[1], { project, source, confirm, reason }));
      return exitCodes.pass;
    }
    if (positionals[0] === "export") {
      refuseMore(positionals, 1);
      const { project, format, role, out } = values;
      const { exportTeamFile } = await import("./team-export.ts");
      io.answer(await exportTeamFile({ project, format, role, out }));
      return exitCodes.pass;
    }
    refuseMore(positionals, 1);
    const asOf = readDate(values["as-of"], "--as-of") ?? calendarDayOf(new Date());
    const file = readProjectFile(await readJson(positionals[0], "project"));
    const layers = judgeLayers(RULE_SET, file.answers);
    const { roles, requirements, gaps, hiringPlan } = reportTeam({
      catalogue: SKILL_CATALOGUE,
      demand: deriveDemand(kindOfFile(file), file.answers, RULE_SET, { layers }),
      people: file.people ?? [],
      borrowable: [],
      asOf,
      pilotStart: file.plan?.startDate ?? null,
    });
    io.answer({ roles, requirements, gaps, hiringPlan });
    return exitCodes.pass;
  },
};
