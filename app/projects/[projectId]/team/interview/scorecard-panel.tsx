"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { NumberField } from "#app/_components/field.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Interview } from "./interview-data.ts";
import { ScorecardForm } from "./scorecard-form.tsx";

type Card = Interview["scorecards"]["cards"][number];

type Props = {
  projectId: string;
  roleId: Card["roleId"];
  days: number | null;
  cards: Card[];
  questions: { id: string; prompt: string }[];
};

/** Off until the owner says for how long. No total anywhere; cards stand by alias. */
export function ScorecardPanel({ projectId, roleId, days, cards, questions }: Props) {
  const { say, format } = useWords("hiring");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [wanted, setWanted] = useState(String(days ?? 30));
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const attempt = async (act: () => Promise<unknown>, message?: string): Promise<boolean> => {
    setProblem(undefined);
    try {
      await act();
      setSaid(message);
      router.refresh();
      return true;
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
      return false;
    }
  };
  const keep = (next: number | null) => attempt(() => client.hiring.keepScorecards.mutate({ days: next }));
  const erase = ({ id, alias }: Card) =>
    attempt(() => client.hiring.eraseScorecard.mutate({ projectId, id }), say("cards.erased", { alias }));
  const take = ({ alias }: Card) =>
    attempt(async () => {
      const kept = await client.hiring.exportScorecards.query({ projectId, alias });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(
        new Blob([JSON.stringify(kept, null, 2)], { type: "application/json" }),
      );
      link.download = "scorecards.json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  const hidden = { hidden: (words: React.ReactNode) => <span className="sr-only">{words}</span> };

  return (
    <>
      <p className="prose">{days === null ? say("cards.off") : say("cards.on", { days })}</p>
      <form
        className="hiring-form"
        onSubmit={(event) => {
          event.preventDefault();
          void keep(Number(wanted));
        }}
      >
        <NumberField
          label={say("cards.days")}
          hint={say("cards.daysHint")}
          unit={say("cards.unit")}
          min={1}
          max={180}
          step={1}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button type="submit">{say("cards.switchOn")}</Button>
        {days !== null && <Button onClick={() => void keep(null)}>{say("cards.switchOff")}</Button>}
      </form>
      {days === null && cards.length > 0 && <p className="second">{say("cards.offLater")}</p>}
      {days !== null && cards.length === 0 && <p className="quiet">{say("cards.none")}</p>}
      {cards.length > 0 && (
        <ul className="plain-list" aria-label={say("cards.caption")}>
          {cards.map((card) => (
            <li key={card.id}>
              <b>{card.alias}</b>, {card.roleId}:{" "}
              {card.ratings
                .map(({ questionId, rating }) =>
                  say("cards.rated", {
                    id: questionId,
                    rating: rating === null ? say("cards.notAssessed") : String(rating),
                  }),
                )
                .join(", ")}
              {". "}
              {say("cards.kept", { day: format.day(card.keepUntil, { year: true }) })}{" "}
              <WordButton onClick={() => void take(card)}>
                {say.rich("cards.export", { alias: card.alias, ...hidden })}
              </WordButton>{" "}
              <WordButton onClick={() => void erase(card)}>
                {say.rich("cards.erase", { alias: card.alias, ...hidden })}
              </WordButton>
            </li>
          ))}
        </ul>
      )}
      {days !== null && (
        <ScorecardForm
          questions={questions}
          onKeep={({ alias, ...body }) =>
            attempt(() => client.hiring.addScorecard.mutate({ projectId, roleId, alias, body }))
          }
        />
      )}
      <p className={problem ? "status error" : "status"} role="status">
        {problem ?? said}
      </p>
    </>
  );
}
