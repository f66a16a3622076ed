import type { inferRouterOutputs } from "@trpc/server";
import type { Format } from "#app/_words/format-in.ts";
import type { AppRouter } from "#server/api/root.ts";
import type { SayOf } from "#server/messages/say.ts";

type Outputs = inferRouterOutputs<AppRouter>["entryPoints"];
export type EntryList = Outputs["list"];
export type ListedEntry = EntryList["entries"][number];
export type EntryRead = Outputs["read"];
export type Criteria = EntryRead["criteria"];
export type EntryWords = { say: SayOf<"entry">; format: Format };

type Spread = ListedEntry["judged"]["impact"];

/** "3.8", or "2.5 to 4.5" while something is not known. */
export function saySpread({ low, high }: Pick<Spread, "low" | "high">, { say, format }: EntryWords): string {
  const number = (value: number) => format.number(value, { digits: 1 });
  return low === high ? number(low) : say("spread", { low: number(low), high: number(high) });
}

/** "Accelerate", or "Accelerate, Incubate or Shelve" while something is not known. */
export function sayZones(zones: ListedEntry["judged"]["zones"], { say }: Pick<EntryWords, "say">): string {
  const names = zones.map((zone) => say(`zone.${zone}`));
  const last = names.pop() ?? "";
  return names.length === 0 ? last : say("several", { zones: names.join(", "), last });
}
