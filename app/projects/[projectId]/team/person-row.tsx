"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Rating, RatingSource } from "#server/team/schema.ts";
import { AvailabilityField, asRole, type Choices, RoleField } from "./people-editor.tsx";
import type { TeamPerson } from "./team-data.ts";

type Facts = Pick<TeamPerson, "alias" | "roleId" | "availabilityPct">;
type Kept = Omit<TeamPerson, "counted">;
type Stuck = { mine: string; theirs: string; keep: () => void };

const SOURCES = ["peer", "manager", "evidence", "self"] as const satisfies readonly RatingSource[];

/** One person: facts and ratings, saved as they are chosen. */
export function PersonRow({
  person: stored,
  onRemove,
  ...choices
}: Choices & { person: TeamPerson; onRemove: () => void }) {
  const { say, format } = useWords("team");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [source, setSource] = useState<RatingSource>("peer");
  // What was chosen stands at once; the page follows when it is drawn again with a newer version.
  const [local, setLocal] = useState<Kept>(stored);
  const person = local.version >= stored.version ? local : stored;
  const [alias, setAlias] = useState(stored.alias);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [conflict, setConflict] = useState<Stuck>();
  // Forty people with sixty levels each would be 14,000 options in a page; they are drawn when somebody looks.
  const [isOpen, setOpen] = useState(false);
  const key = { projectId: choices.projectId, personId: stored.id };

  const sayFacts = (facts: Facts): string =>
    say("people.facts", {
      alias: facts.alias,
      role: facts.roleId ?? say("noRole"),
      share: format.number(facts.availabilityPct, { unit: "%" }),
    });
  const sayLevel = (level: number | null): string =>
    level === null
      ? say("notAssessed")
      : say("level", { level: String(level), name: choices.levels[level] ?? "" });

  const save = async (
    chosen: Partial<Kept>,
    act: () => Promise<Kept>,
    onConflict: (data: unknown) => Stuck,
  ): Promise<void> => {
    setStatus({ kind: "saving" });
    setConflict(undefined);
    setLocal({ ...person, ...chosen });
    try {
      setLocal(await act());
      setStatus({ kind: "saved", at: new Date() });
      router.refresh();
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      setLocal(person);
      setStatus({ kind: "idle" });
      if (body.code === "VERSION_CONFLICT") setConflict(onConflict((body as { data?: unknown }).data));
      else setStatus({ kind: "error", message: body.message });
    }
  };

  const edit = (change: Partial<Facts>, version = person.version): void => {
    const { alias: kept, roleId, availabilityPct } = person;
    const facts = { alias: kept, roleId, availabilityPct, ...change };
    void save(
      facts,
      () => client.team.editPerson.mutate({ ...key, version, facts }),
      (data) => {
        const { theirs, version: newest } = data as { theirs: Facts; version: number };
        return { mine: sayFacts(facts), theirs: sayFacts(theirs), keep: () => edit(change, newest) };
      },
    );
  };

  const rate = (skillId: string, level: number | null, seen: number | null): void => {
    const others = person.ratings.filter((one) => one.skillId !== skillId || one.source !== source);
    const ratings = level === null ? others : [...others, { skillId, source, level, at: "" }];
    void save(
      { ratings },
      () => client.team.ratePerson.mutate({ ...key, skillId, source, level, seen }),
      (data) => {
        const { theirs } = data as { theirs: number | null };
        const keep = () => rate(skillId, level, theirs);
        return { mine: sayLevel(level), theirs: sayLevel(theirs), keep };
      },
    );
  };

  return (
    <details
      className="person"
      id={`person-${person.id}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <b>{person.alias}</b>
        <span className="quiet">
          {say("people.summary", {
            role: choices.roles.find((role) => role.id === person.roleId)?.name ?? say("noRoleYet"),
            share: format.number(person.availabilityPct, { unit: "%" }),
            rated: new Set(person.ratings.map((rating) => rating.skillId)).size,
            all: choices.groups.reduce((sum, group) => sum + group.skills.length, 0),
          })}
        </span>
      </summary>
      <div className="person-form">
        <TextField
          label={say("people.alias")}
          value={alias}
          onChange={(event) => setAlias(event.target.value)}
          onBlur={() => alias !== person.alias && edit({ alias })}
        />
        <RoleField
          roles={choices.roles}
          value={person.roleId ?? ""}
          onChoose={(value) => edit({ roleId: asRole(value) })}
        />
        <AvailabilityField
          value={String(person.availabilityPct)}
          onChoose={(value) => edit({ availabilityPct: Number(value) })}
        />
        <SelectField
          label={say("people.ratedBy")}
          value={source}
          onChange={(event) => setSource(event.target.value as RatingSource)}
          options={SOURCES.map((value) => ({ value, label: say(`people.word.${value}`) }))}
        />
      </div>
      {isOpen && (
        <Ratings
          groups={choices.groups}
          levels={choices.levels}
          ratings={person.ratings}
          source={source}
          onRate={rate}
        />
      )}
      {conflict && (
        <Conflict
          what={person.alias}
          mine={conflict.mine}
          theirs={conflict.theirs}
          onKeepMine={conflict.keep}
          onTakeTheirs={() => {
            setConflict(undefined);
            router.refresh();
          }}
        />
      )}
      <StatusLine status={status} />
      <p className="person-links">
        <a className="act" href={`/api/projects/${choices.projectId}/people/${person.id}`} download>
          {say("people.export", { alias: person.alias })}
        </a>
        <WordButton onClick={onRemove}>{say("people.remove", { alias: person.alias })}</WordButton>
      </p>
    </details>
  );
}

function Ratings(props: {
  groups: Choices["groups"];
  levels: string[];
  ratings: Rating[];
  source: RatingSource;
  onRate: (skillId: string, level: number | null, seen: number | null) => void;
}) {
  const { say } = useWords("team");
  const { groups, levels, ratings, source, onRate } = props;
  const stored = (skillId: string) =>
    ratings.find((rating) => rating.skillId === skillId && rating.source === source)?.level ?? null;
  return (
    <div className="ratings">
      {groups.map((group) => [
        <h4 key={group.name}>{group.name}</h4>,
        ...group.skills.map((skill) => {
          const level = stored(skill.id);
          return (
            <label key={skill.id}>
              {skill.name}
              <select
                className="control"
                value={level ?? ""}
                onChange={(event) =>
                  onRate(skill.id, event.target.value === "" ? null : Number(event.target.value), level)
                }
              >
                <option value="">{say("notAssessed")}</option>
                {levels.map((name, at) => (
                  <option key={name} value={at}>
                    {say("level", { level: String(at), name })}
                  </option>
                ))}
              </select>
            </label>
          );
        }),
      ])}
    </div>
  );
}
