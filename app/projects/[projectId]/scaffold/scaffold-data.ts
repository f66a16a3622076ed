import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type ScaffoldRead = inferRouterOutputs<AppRouter>["scaffold"]["read"];
export type HandedOut = ScaffoldRead["earlier"][number];
