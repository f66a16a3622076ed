import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Team = inferRouterOutputs<AppRouter>["team"]["read"];
export type TeamReport = NonNullable<Team["report"]>;
export type TeamPerson = Team["people"][number];
