import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { LayerResult } from "#server/decision/schema.ts";
import { type DecisionData, labelOf } from "./decision-data.ts";
import { OverrideForm } from "./override-form.tsx";

type Entry = { id: string; option: string | null; reason: string; by: string; at: string };
type Props = { data: DecisionData; result: LayerResult; history: Entry[] };

/** What a person chose instead, with the reason, and the way to choose or to take it back. */
export async function OverrideNote({ data, result, history }: Props) {
  const { say, format } = await readWords("choice");
  const present = data.overrides[result.layer] ?? null;
  const options = result.scores.map(({ option }) => ({
    id: option,
    label: labelOf(data, result.layer, option),
  }));
  const older = history.filter(({ id }) => id !== present?.id);
  const date = (at: string) => format.day(at, { year: true });
  return (
    <Note title={say("override.title")}>
      {present && (
        <p>
          {say.rich("override.now", {
            option: present.label,
            reason: present.reason,
            b: (words) => <b>{words}</b>,
          })}
          <span className="source block">
            {say("override.by", { person: present.by, date: date(present.at) })}
          </span>
        </p>
      )}
      {older.length > 0 && (
        <details className="decision-more">
          <summary>{say("override.history", { count: older.length })}</summary>
          <ul>
            {older.map(({ id, option, reason, by, at }) => (
              <li key={id}>
                {option === null
                  ? say("override.historyBack", { person: by, date: date(at) })
                  : say("override.historyChosen", {
                      option: labelOf(data, result.layer, option),
                      person: by,
                      date: date(at),
                      reason,
                    })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <WordsFor rooms={["choice"]}>
        <OverrideForm
          projectId={data.project.id}
          layerId={result.layer}
          options={options.filter(({ id }) => id !== (present?.option ?? result.pick))}
          present={present && { id: present.id, option: present.option, reason: present.reason }}
        />
      </WordsFor>
    </Note>
  );
}
