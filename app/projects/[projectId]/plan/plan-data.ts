import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Plan = inferRouterOutputs<AppRouter>["plan"]["read"];
export type PlanTask = Plan["schedule"]["tasks"][number];
export type PlanGate = Plan["schedule"]["gates"][number];
