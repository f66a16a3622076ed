import { hardware } from "./routers/hardware.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** In story order; the trace looks at all of them. */
export const appRouter = router({ hardware });
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
