import { createCallerFactory, router } from "./trpc.ts";

/** One router a room, in story order. */
export const appRouter = router({});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
