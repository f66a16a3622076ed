import { brief } from "./routers/brief.ts";
import { catalogue } from "./routers/catalogue.ts";
import { clinic } from "./routers/clinic.ts";
import { decision } from "./routers/decision.ts";
import { dossier } from "./routers/dossier.ts";
import { entryPoints } from "./routers/entry-points.ts";
import { hardware } from "./routers/hardware.ts";
import { hiring } from "./routers/hiring.ts";
import { jobs } from "./routers/jobs.ts";
import { matrix } from "./routers/matrix.ts";
import { notices } from "./routers/notices.ts";
import { plan } from "./routers/plan.ts";
import { projects } from "./routers/projects.ts";
import { records } from "./routers/records.ts";
import { reports } from "./routers/reports.ts";
import { runs } from "./routers/runs.ts";
import { scaffold } from "./routers/scaffold.ts";
import { standards } from "./routers/standards.ts";
import { sweeps } from "./routers/sweeps.ts";
import { team } from "./routers/team.ts";
import { trace } from "./routers/trace.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** In story order; the trace looks at all of them. */
export const appRouter = router({
  trace,
  projects,
  brief,
  entryPoints,
  decision,
  records,
  standards,
  catalogue,
  team,
  hiring,
  matrix,
  plan,
  scaffold,
  jobs,
  reports,
  runs,
  sweeps,
  clinic,
  notices,
  dossier,
  hardware,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
