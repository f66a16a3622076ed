"use client";

import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";

type Removed = { id: string; alias: string };

/** Whoever was removed is kept so that it can be undone, until somebody erases them. Erasing asks once: it is final. */
export function RemovedPeople(props: {
  people: Removed[];
  onRestore: (person: Removed) => void;
  onErase: (person: Removed) => void;
}) {
  const [asked, setAsked] = useState<string>();
  if (props.people.length === 0) return null;
  return (
    <section className="removed-people" aria-label="Removed people">
      <p className="quiet">Removed people, kept with their ratings until they are erased:</p>
      <ul>
        {props.people.map((person) => (
          <li key={person.id}>
            <span>{person.alias}</span>
            {asked === person.id ? (
              <>
                <span role="status">The ratings and their history will be gone. There is no undo.</span>
                <WordButton
                  onClick={() => {
                    setAsked(undefined);
                    props.onErase(person);
                  }}
                >
                  Erase {person.alias} now
                </WordButton>
                <WordButton onClick={() => setAsked(undefined)}>Keep</WordButton>
              </>
            ) : (
              <>
                <WordButton onClick={() => props.onRestore(person)}>
                  Bring back<span className="sr-only"> {person.alias}</span>
                </WordButton>
                <WordButton onClick={() => setAsked(person.id)}>
                  Erase for good<span className="sr-only"> {person.alias}</span>
                </WordButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
