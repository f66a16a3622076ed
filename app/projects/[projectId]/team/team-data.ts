import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Team = inferRouterOutputs<AppRouter>["team"]["read"];
export type TeamReport = NonNullable<Team["report"]>;
export type TeamPerson = Team["people"][number];
/** What an edit of the grid is answered with. */
export type TeamNumbers = Pick<Team, "held" | "people" | "byHand" | "roles" | "gaps">;
