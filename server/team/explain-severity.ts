import { sayRoom } from "#server/messages/say.ts";
import type { SkillGap } from "./schema.ts";

const say = sayRoom("staffing");

/** Why a gap weighs what it weighs, as a sentence a reader can check against the row. */
export function explainSeverity(gap: SkillGap): string {
  const notes = [
    ...(gap.assessed ? [] : [say("severity.notAssessed")]),
    ...(gap.selfRated ? [say("severity.selfRated")] : []),
    ...(gap.stale ? [say("severity.stale")] : []),
  ];
  return [sayReason(gap), ...notes].join(" ");
}

function sayReason({ importance, gap, onOverlay, busFactor }: SkillGap): string {
  if (importance === "must") {
    if (gap >= 2) return say("severity.mustByTwo", { levels: gap });
    if (gap === 1) return onOverlay ? say("severity.mustOfPilot") : say("severity.mustByOne");
    return busFactor === 1 ? say("severity.oneHolder") : say("severity.covered", { holders: busFactor });
  }
  if (gap === 0) return say("severity.covered", { holders: busFactor });
  return importance === "should"
    ? say("severity.should", { levels: gap })
    : say("severity.could", { levels: gap });
}
