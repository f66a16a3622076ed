"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { SayOf } from "#server/messages/say.ts";
import { PersonRow } from "./person-row.tsx";
import { RemovedPeople } from "./removed-people.tsx";
import type { TeamPerson } from "./team-data.ts";

export type Choices = {
  projectId: string;
  groups: { name: string; skills: { id: string; name: string }[] }[];
  roles: { id: string; name: string }[];
  levels: string[];
};

/** Who is on the team. An alias is proposed, so that nobody has to type a name. */
export function PeopleEditor({
  people,
  removedPeople,
  ...choices
}: Choices & { people: TeamPerson[]; removedPeople: { id: string; alias: string }[] }) {
  const { say } = useWords("team");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const proposed = proposeAlias(people, say);
  const [alias, setAlias] = useState<string>();
  const [roleId, setRoleId] = useState("");
  const [availability, setAvailability] = useState("100");
  const [problem, setProblem] = useState<string>();
  const [removed, setRemoved] = useState<{ id: string; alias: string }>();
  // Gone at once; the page follows when it is drawn again.
  const [gone, setGone] = useState<readonly string[]>([]);
  const { projectId } = choices;

  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await act();
      router.refresh();
      return true;
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
      return false;
    }
  };
  const add = async () => {
    const facts = {
      alias: alias ?? proposed,
      roleId: asRole(roleId),
      availabilityPct: Number(availability),
    };
    if (await attempt(() => client.team.addPerson.mutate({ projectId, ...facts }))) {
      setAlias(undefined);
      setRoleId("");
    }
  };
  const remove = async (person: TeamPerson) => {
    const key = { projectId, personId: person.id };
    if (await attempt(() => client.team.removePerson.mutate(key))) {
      setRemoved(person);
      setGone((ids) => [...ids, person.id]);
    }
  };
  const restore = async ({ id }: { id: string }) => {
    if (await attempt(() => client.team.restorePerson.mutate({ projectId, personId: id }))) {
      setRemoved(undefined);
      setGone((ids) => ids.filter((one) => one !== id));
    }
  };
  const erase = async ({ id }: { id: string }) => {
    if (await attempt(() => client.team.erasePerson.mutate({ projectId, personId: id }))) {
      setRemoved(undefined);
    }
  };

  return (
    <>
      {people.length === 0 && <p className="prose">{say("nobody.editor")}</p>}
      {people
        .filter((person) => !gone.includes(person.id))
        .map((person) => (
          <PersonRow key={person.id} person={person} {...choices} onRemove={() => void remove(person)} />
        ))}
      <form
        className="person-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={say("people.alias")}
          name="alias"
          value={alias ?? proposed}
          onChange={(event) => setAlias(event.target.value)}
        />
        <RoleField roles={choices.roles} value={roleId} onChoose={setRoleId} />
        <AvailabilityField value={availability} onChoose={setAvailability} />
        <Button type="submit">{say("people.add")}</Button>
      </form>
      {problem && (
        <p className="status error" role="alert">
          {problem}
        </p>
      )}
      <RemovedPeople
        people={removedPeople}
        onRestore={(person) => void restore(person)}
        onErase={(person) => void erase(person)}
      />
      {removed && (
        <UndoBar
          message={say("people.removed", { alias: removed.alias })}
          onUndo={() => void restore(removed)}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  );
}

export function RoleField(props: {
  roles: Choices["roles"];
  value: string;
  onChoose: (value: string) => void;
}) {
  const { say } = useWords("team");
  const options = [
    { value: "", label: say("noRoleYet") },
    ...props.roles.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <SelectField
      label={say("people.role")}
      name="role"
      value={props.value}
      onChange={(event) => props.onChoose(event.target.value)}
      options={options}
    />
  );
}

const SHARES = [100, 80, 60, 50, 40, 20, 10, 0];

export function AvailabilityField({ value, onChoose }: { value: string; onChoose: (value: string) => void }) {
  const { say, format } = useWords("team");
  const shares = SHARES.includes(Number(value)) ? SHARES : [Number(value), ...SHARES].sort((a, b) => b - a);
  return (
    <SelectField
      label={say("people.share")}
      name="availability"
      value={value}
      onChange={(event) => onChoose(event.target.value)}
      options={shares.map((pct) => {
        const share = format.number(pct, { unit: "%" });
        return { value: String(pct), label: pct < 20 ? say("people.notCounted", { share }) : share };
      })}
    />
  );
}

export function asRole(value: string): TeamPerson["roleId"] {
  return value === "" ? null : (value as TeamPerson["roleId"]);
}

/** Person A, Person B, … the first letter that is free. */
function proposeAlias(people: TeamPerson[], say: SayOf<"team">): string {
  const taken = new Set(people.map((person) => person.alias));
  const named = (letter: string) => say("people.proposed", { letter });
  const free = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((letter) => !taken.has(named(letter)));
  return named(free ?? String(people.length + 1));
}
