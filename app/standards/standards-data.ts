import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Standards = inferRouterOutputs<AppRouter>["standards"];
export type EditableRule = Standards["rules"]["rules"][number];
