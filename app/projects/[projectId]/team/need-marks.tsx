import type { SayOf } from "#server/messages/say.ts";
import type { TeamReport } from "./team-data.ts";

type Gap = TeamReport["gaps"][number];

const STEP = 18;
const x = (level: number) => 6 + level * STEP;

/** Need is a tick, held is a disc, the distance between them is red. The word stands in the next cell. */
export function NeedAndHeld({ gap }: { gap: Gap }) {
  return (
    <svg className="mark" width="84" height="18" viewBox="0 0 84 18" aria-hidden="true">
      <path d="M6 9H78" className="stroke-hair" />
      {[0, 1, 2, 3, 4].map((level) => (
        <path key={level} d={`M${x(level)} 7.5V10.5`} className="stroke-ink3" strokeWidth=".8" />
      ))}
      {gap.gap > 0 && gap.assessed && (
        <path d={`M${x(gap.covered)} 9H${x(gap.required)}`} className="stroke-fail" strokeWidth="3" />
      )}
      <path d={`M${x(gap.required)} 2V16`} className="stroke-ink" strokeWidth="1.6" />
      {gap.assessed && <circle cx={x(gap.covered)} cy="9" r="4" className="fill-ink stroke-paper" />}
    </svg>
  );
}

/** Three discs at most; the number says the rest. */
export function BusFactor({ count }: { count: number }) {
  return (
    <span className="bus">
      <svg className="mark" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">
        {[0, 1, 2].map((at) => (
          <circle
            key={at}
            cx={4 + at * 9}
            cy="6"
            r="3.2"
            className={at < count ? "fill-ink stroke-ink" : "fill-none stroke-hair"}
          />
        ))}
      </svg>
      {count}
    </span>
  );
}

/** `short 2, blocker`, `one holder, high`, `covered`; then what makes the rating weak. */
export function GapWords({ gap, say }: { gap: Gap; say: SayOf<"team"> }) {
  const weak = [gap.stale && say("stale"), gap.selfRated && say("selfRated")].filter(Boolean).join(", ");
  const strong = gap.severity === "low" ? "" : `, ${say(`severity.${gap.severity}`)}`;
  if (!gap.assessed) {
    return (
      <>
        <i>{say("notAssessed")}</i>
        {strong}
      </>
    );
  }
  return (
    <>
      {gap.gap > 0 && <b className="text-fail">{say("gapState.short", { levels: gap.gap })}</b>}
      {gap.gap === 0 && gap.busFactor === 1 && say("gapState.oneHolder")}
      {gap.gap === 0 && gap.busFactor !== 1 && <span className="quiet">{say("gapState.covered")}</span>}
      {strong}
      {weak && <span className="quiet">, {weak}</span>}
    </>
  );
}
