import { Section } from "#app/_components/section.tsx";
import type { Interview, InterviewWords } from "./interview-data.ts";

type Stage = Interview["kit"]["stages"][number];

/** What one interviewer takes into the room. */
export function StageSheet({
  interview: { kit, mandatory },
  stage,
  at,
  words: { say },
}: {
  interview: Interview;
  stage: Stage;
  at: number;
  words: InterviewWords;
}) {
  return (
    <div className="kit-sheet">
      <Section
        id={stage.id}
        title={say("kit.sheet", { at: at + 1, stage: stage.name, minutes: stage.minutes })}
      >
        <p className="prose">
          {say("kit.sheetAsks", { who: stage.interviewer, dimension: stage.dimension })} {stage.purpose}
        </p>
        <p className="blanks">{say("kit.blanks")}</p>
        {stage.questions.map(({ id, minutes }) => {
          const question = kit.questions.find((one) => one.id === id);
          if (!question) return null;
          return (
            <section key={id} aria-labelledby={`${stage.id}-${id}`}>
              <h3 id={`${stage.id}-${id}`}>
                {say("kit.question1", { id, minutes, isMandatory: id === mandatory ? "yes" : "no" })}
              </h3>
              <p className="ask">{question.prompt}</p>
              <ul className="prose plain-list" aria-label={say("kit.probes")}>
                {question.probes.map((probe) => (
                  <li key={probe}>{probe}</li>
                ))}
              </ul>
              <table className="stack">
                <caption className="sr-only">{say("kit.anchors", { id })}</caption>
                <thead>
                  <tr>
                    {RATINGS.map((rating) => (
                      <th key={rating} scope="col">
                        {rating} {kit.scale.find((one) => one.rating === rating)?.word}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  <tr>
                    {RATINGS.map((rating) => (
                      <td key={rating} data-head={rating}>
                        {question.anchors[rating - 1]}
                      </td>
                    ))}
                  </tr>
                </tbody>
              </table>
              {question.redFlags.length > 0 && (
                <p className="source">
                  {say("kit.redFlags")}: {question.redFlags.join(" ")}
                </p>
              )}
              <p className="second">{say("kit.rate")}</p>
              <div className="write" />
            </section>
          );
        })}
      </Section>
    </div>
  );
}

const RATINGS = [1, 2, 3, 4] as const;
