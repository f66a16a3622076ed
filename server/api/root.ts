import { brief } from "./routers/brief.ts";
import { decision } from "./routers/decision.ts";
import { dossier } from "./routers/dossier.ts";
import { hardware } from "./routers/hardware.ts";
import { jobs } from "./routers/jobs.ts";
import { notices } from "./routers/notices.ts";
import { plan } from "./routers/plan.ts";
import { records } from "./routers/records.ts";
import { reports } from "./routers/reports.ts";
import { runs } from "./routers/runs.ts";
import { scaffold } from "./routers/scaffold.ts";
import { standards } from "./routers/standards.ts";
import { team } from "./routers/team.ts";
import { trace } from "./routers/trace.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** In story order; the trace looks at all of them. */
export const appRouter = router({
  trace,
  brief,
  decision,
  records,
  standards,
  team,
  plan,
  scaffold,
  jobs,
  reports,
  runs,
  notices,
  dossier,
  hardware,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
