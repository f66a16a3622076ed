"use client";

import { type ReactNode, useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { useWords } from "#app/_words/client.tsx";

type Removed = { id: string; alias: string };

/** Whoever was removed is kept so that it can be undone, until somebody erases them. Erasing asks once: it is final. */
export function RemovedPeople(props: {
  people: Removed[];
  onRestore: (person: Removed) => void;
  onErase: (person: Removed) => void;
}) {
  const { say } = useWords("team");
  const [asked, setAsked] = useState<string>();
  if (props.people.length === 0) return null;
  return (
    <section className="removed-people" aria-label={say("removed.label")}>
      <p className="quiet">{say("removed.lead")}</p>
      <ul>
        {props.people.map((person) => (
          <li key={person.id}>
            <span>{person.alias}</span>
            {asked === person.id ? (
              <>
                <span role="status">{say("removed.warning")}</span>
                <WordButton
                  onClick={() => {
                    setAsked(undefined);
                    props.onErase(person);
                  }}
                >
                  {say("removed.eraseNow", { alias: person.alias })}
                </WordButton>
                <WordButton onClick={() => setAsked(undefined)}>{say("removed.keep")}</WordButton>
              </>
            ) : (
              <>
                <WordButton onClick={() => props.onRestore(person)}>
                  {say.rich("removed.bringBack", { alias: person.alias, hidden })}
                </WordButton>
                <WordButton onClick={() => setAsked(person.id)}>
                  {say.rich("removed.erase", { alias: person.alias, hidden })}
                </WordButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sighted readers see whose line it is. */
function hidden(words: ReactNode): ReactNode {
  return <span className="sr-only">{words}</span>;
}
