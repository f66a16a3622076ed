"use client";

import { ProvenanceMark } from "#app/_components/marks.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Score } from "#server/brief/entry-schema.ts";
import type { Criteria } from "../entry-data.ts";

const UNKNOWN = "unknown";
type Source = "preset" | "user" | null;

/** One score by its five fixed anchors, or not known. */
export function ScoreField(props: {
  criterion: Criteria["impact"][number] | Criteria["friction"][number];
  score: Score;
  source: Source;
  error: string | undefined;
  /** Said under the list: what gives the score while nobody does. */
  instead?: string | undefined;
  onChoose: (score: Score) => void;
}) {
  const { say } = useWords("entry");
  const { criterion, score, source, error, instead, onChoose } = props;
  return (
    <div className="entry-criterion">
      <RadioList
        legend={criterion.name}
        hint={criterion.ask}
        name={criterion.id}
        value={score === null ? UNKNOWN : String(score)}
        choices={[
          ...criterion.anchors.map((anchor, index) => ({
            value: String(index + 1),
            label: say("form.score", { score: String(index + 1), anchor }),
          })),
          { value: UNKNOWN, label: say("form.unknown") },
        ]}
        onChoose={(word) => onChoose(word === UNKNOWN ? null : Number(word))}
        {...(error === undefined ? {} : { error })}
      />
      {instead && <p className="second">{instead}</p>}
      {source && <ProvenanceMark source={source} />}
    </div>
  );
}

/** A question with words for answers; "I don't know" always among them. */
export function WordField(props: {
  name: string;
  legend: string;
  ask: string;
  choices: readonly { value: string; label: string }[];
  value: string;
  source: Source;
  onChoose: (value: string) => void;
}) {
  const { say } = useWords("entry");
  const { name, legend, ask, choices, value, source, onChoose } = props;
  return (
    <div className="entry-criterion">
      <RadioList
        legend={legend}
        hint={ask}
        name={name}
        value={value}
        choices={[...choices, { value: UNKNOWN, label: say("form.unknown") }]}
        onChoose={onChoose}
      />
      {source && <ProvenanceMark source={source} />}
    </div>
  );
}
