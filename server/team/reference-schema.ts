import * as z from "zod";

/** Where a guide speaks of it: a source of the rule set, and the place in our words. */
export const GuidePlace = z.strictObject({
  source: z.string().min(1).max(40),
  place: z.string().min(1).max(80),
});
export type GuidePlace = z.infer<typeof GuidePlace>;

/** What O*NET calls a tool of ours, so that a profile or a vacancy elsewhere can be matched with it. */
export const TechnologyName = z.strictObject({
  toolTag: z.string().min(1).max(40),
  /** Theirs is the same thing, a wider one, or one of several. */
  relation: z.enum(["same", "broader", "narrower"]),
  name: z.string().min(1).max(120),
  /** UNSPSC commodity, under which O*NET files the technology. */
  commodityCode: z.string().regex(/^\d{8}$/),
});
export type TechnologyName = z.infer<typeof TechnologyName>;
