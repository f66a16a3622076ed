import { sayRoom } from "#server/messages/say.ts";
import type { SkillGap } from "./schema.ts";

const say = sayRoom("team");

/** "short 1, blocker, self-rated": a gap in the few words of a cell. */
export function labelGap(gap: SkillGap): string {
  const notes = [gap.stale ? say("stale") : "", gap.selfRated ? say("selfRated") : ""].filter(Boolean);
  const covered = gap.busFactor === 1 ? say("gapState.oneHolder") : say("gapState.covered");
  const state = gap.gap > 0 ? say("gapState.short", { levels: gap.gap }) : covered;
  const severity = gap.severity === "low" ? "" : say(`severity.${gap.severity}`);
  return [state, severity, ...notes].filter(Boolean).join(", ");
}
