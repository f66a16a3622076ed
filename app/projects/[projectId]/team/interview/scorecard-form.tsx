"use client";

import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { LongTextField, SelectField, TextField } from "#app/_components/field.tsx";
import { useWords } from "#app/_words/client.tsx";

const RECOMMENDATIONS = ["no_decision", "definitely_not", "no", "yes", "strong_yes"] as const;

type Kept = {
  alias: string;
  interviewer: string;
  ratings: { questionId: string; rating: number | null; notes: string }[];
  recommendation: (typeof RECOMMENDATIONS)[number];
};

type Props = { questions: { id: string; prompt: string }[]; onKeep: (card: Kept) => Promise<boolean> };

/** One interviewer's ratings under an alias. Nothing is filled in and nothing is added up. */
export function ScorecardForm({ questions, onKeep }: Props) {
  const { say } = useWords("hiring");
  const [alias, setAlias] = useState("");
  const [interviewer, setInterviewer] = useState("");
  const [ratings, setRatings] = useState<Record<string, string>>({});
  const [notes, setNotes] = useState("");
  const [recommendation, setRecommendation] = useState<Kept["recommendation"]>("no_decision");

  const submit = async () => {
    const rated = questions.map(({ id }, at) => ({
      questionId: id,
      rating: ratings[id] ? Number(ratings[id]) : null,
      notes: at === 0 ? notes : "",
    }));
    if (await onKeep({ alias, interviewer, ratings: rated, recommendation })) {
      setAlias("");
      setRatings({});
      setNotes("");
      setRecommendation("no_decision");
    }
  };

  return (
    <form
      aria-label={say("cards.add")}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="hiring-form">
        <TextField
          label={say("cards.alias")}
          hint={say("cards.aliasHint")}
          required
          maxLength={40}
          value={alias}
          onChange={(event) => setAlias(event.target.value)}
        />
        <TextField
          label={say("cards.interviewer")}
          required
          maxLength={40}
          value={interviewer}
          onChange={(event) => setInterviewer(event.target.value)}
        />
        {questions.map(({ id }) => (
          <SelectField
            key={id}
            label={id}
            value={ratings[id] ?? ""}
            onChange={(event) => setRatings((before) => ({ ...before, [id]: event.target.value }))}
            options={[
              { value: "", label: say("cards.notAssessed") },
              ...["1", "2", "3", "4"].map((rating) => ({ value: rating, label: rating })),
            ]}
          />
        ))}
        <SelectField
          label={say("cards.recommend")}
          value={recommendation}
          onChange={(event) =>
            setRecommendation(RECOMMENDATIONS.find((one) => one === event.target.value) ?? "no_decision")
          }
          options={RECOMMENDATIONS.map((one) => ({ value: one, label: say(`recommendation.${one}`) }))}
        />
      </div>
      <LongTextField
        label={say("cards.notes")}
        maxLength={2000}
        rows={4}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      <Button type="submit">{say("cards.add")}</Button>
    </form>
  );
}
