import type { inferRouterOutputs } from "@trpc/server";
import type { Format } from "#app/_words/format-in.ts";
import type { AppRouter } from "#server/api/root.ts";
import type { SayOf } from "#server/messages/say.ts";

export type Interview = inferRouterOutputs<AppRouter>["hiring"]["interview"];
export type InterviewWords = { say: SayOf<"hiring">; format: Format };
