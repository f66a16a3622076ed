import { benchmark } from "./en/benchmark.data.ts";
import { brief } from "./en/brief.data.ts";
import { choice } from "./en/choice.data.ts";
import { clinic } from "./en/clinic.data.ts";
import { common } from "./en/common.data.ts";
import { decision } from "./en/decision.data.ts";
import { dossier } from "./en/dossier.data.ts";
import { entry } from "./en/entry.data.ts";
import { errors } from "./en/errors.data.ts";
import { hardware } from "./en/hardware.data.ts";
import { hiring } from "./en/hiring.data.ts";
import { home } from "./en/home.data.ts";
import { pipeline } from "./en/pipeline.data.ts";
import { plan } from "./en/plan.data.ts";
import { runs } from "./en/runs.data.ts";
import { scaffold } from "./en/scaffold.data.ts";
import { staffing } from "./en/staffing.data.ts";
import { standards } from "./en/standards.data.ts";
import { sweep } from "./en/sweep.data.ts";
import { team } from "./en/team.data.ts";
import { terminal } from "./en/terminal.data.ts";
import { trace } from "./en/trace.data.ts";

/**
 * Everything Pilotage says in English, as ICU messages. Another language is another file of this shape. What a
 * workspace may change or version is data of its room instead: questions, rules, skills, tasks, risks.
 */
export const en = {
  common,
  errors,
  home,
  trace,
  brief,
  entry,
  decision,
  choice,
  team,
  hiring,
  staffing,
  plan,
  scaffold,
  benchmark,
  runs,
  clinic,
  pipeline,
  sweep,
  dossier,
  terminal,
  hardware,
  standards,
} as const;
