import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["brief"];
export type Brief = Outputs["readAnswers"];
export type BriefItem = Brief["items"][number];
export type HistoryEntry = Outputs["answerHistory"][number];
