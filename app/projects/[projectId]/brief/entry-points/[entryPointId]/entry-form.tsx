"use client";

import { NumberField, TextField } from "#app/_components/field.tsx";
import { Section } from "#app/_components/section.tsx";
import { Conflict, StatusLine } from "#app/_components/status-line.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { EntryBody, EntryPointDraft } from "#server/brief/entry-schema.ts";
import type { Criteria, EntryRead } from "../entry-data.ts";
import { ScoreField, WordField } from "./criterion-fields.tsx";
import { listChanges } from "./list-changes.ts";
import { BusinessFields, readAmount, TechnicalFields } from "./metric-fields.tsx";
import { useSaveEntry } from "./use-save-entry.ts";

type Props = {
  projectId: string;
  entry: EntryRead["entry"];
  preset: EntryPointDraft | null;
  criteria: Criteria;
  /** The score that cases and minutes give. */
  volume: number | null;
};
type Part = "impact" | "friction" | "fit" | "stops";

/** Everything about one candidate. Each choice saves itself; text is saved when its field is left. */
export function EntryForm({ projectId, entry, preset, criteria, volume }: Props) {
  const { say } = useWords("entry");
  const saving = useSaveEntry(projectId, entry);
  const { draft, change, save, problem, conflict } = saving;
  const { title, body } = draft;
  const at = (path: string) => (problem?.path === path ? problem.message : undefined);
  const write = (part: Partial<EntryBody>) => change({ title, body: { ...body, ...part } });
  const leave = () => void save();
  const choose = (part: Partial<EntryBody>) => {
    write(part);
    leave();
  };
  /** Still what the preset said, or a person's; nothing while nobody knows. */
  const sourceOf = (part: Part, id: string) => {
    const value = (body[part] as Record<string, unknown>)[id];
    if (value === null || value === "unknown") return null;
    return (preset?.[part] as Record<string, unknown> | undefined)?.[id] === value ? "preset" : "user";
  };
  const text = (field: "problem" | "today" | "scope" | "owner", label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={body[field]}
      error={at(field)}
      onChange={(event) => write({ [field]: event.target.value })}
      onBlur={leave}
    />
  );
  const number = (field: "users" | "casesPerMonth" | "minutesSavedPerCase", label: string) => (
    <NumberField
      label={label}
      min={0}
      value={body[field] ?? ""}
      error={at(field)}
      onChange={(event) => write({ [field]: readAmount(event.target.value) })}
      onBlur={leave}
    />
  );
  return (
    <div className="entry-form">
      <div className="entry-status">
        <StatusLine status={saving.status} />
        {problem && (
          <p className="status error" role="alert">
            {problem.message}
          </p>
        )}
        {conflict && (
          <Conflict
            what={say("form.thisEntry")}
            mine={<Changes draft={draft} other={conflict.theirs} side="mine" />}
            theirs={<Changes draft={draft} other={conflict.theirs} side="theirs" />}
            onKeepMine={saving.keepMine}
            onTakeTheirs={saving.takeTheirs}
          />
        )}
      </div>
      <Section id="what" title={say("form.what")}>
        <TextField
          label={say("form.title")}
          value={title}
          error={at("title")}
          onChange={(event) => change({ title: event.target.value, body })}
          onBlur={leave}
        />
        {text("problem", say("form.problem"))}
        {text("today", say("form.today"))}
        <div className="entry-numbers">
          {number("users", say("form.users"))}
          {number("casesPerMonth", say("form.cases"))}
          {number("minutesSavedPerCase", say("form.minutes"))}
        </div>
      </Section>
      <Section id="impact" title={say("form.impact")}>
        <p className="prose">{say("form.impactLead")}</p>
        <div className="entry-criteria">
          {criteria.impact.map((criterion) => (
            <ScoreField
              key={criterion.id}
              criterion={criterion}
              score={body.impact[criterion.id]}
              source={sourceOf("impact", criterion.id)}
              error={at(`impact.${criterion.id}`)}
              instead={
                criterion.id === "time" && body.impact.time === null && volume !== null
                  ? say("form.fromVolume", { score: String(volume) })
                  : undefined
              }
              onChoose={(score) => choose({ impact: { ...body.impact, [criterion.id]: score } })}
            />
          ))}
        </div>
      </Section>
      <Section id="friction" title={say("form.friction")}>
        <p className="prose">{say("form.frictionLead")}</p>
        <div className="entry-criteria">
          {criteria.friction.map((criterion) => (
            <ScoreField
              key={criterion.id}
              criterion={criterion}
              score={body.friction[criterion.id]}
              source={sourceOf("friction", criterion.id)}
              error={at(`friction.${criterion.id}`)}
              onChoose={(score) => choose({ friction: { ...body.friction, [criterion.id]: score } })}
            />
          ))}
        </div>
      </Section>
      <Section id="fit" title={say("form.fit")}>
        <p className="prose">{say("form.fitLead")}</p>
        <div className="entry-criteria">
          {criteria.fit.map(({ id, name, ask, choices }) => (
            <WordField
              key={id}
              name={id}
              legend={name}
              ask={ask}
              choices={choices}
              value={body.fit[id]}
              source={sourceOf("fit", id)}
              onChoose={(value) => choose({ fit: { ...body.fit, [id]: value } as EntryBody["fit"] })}
            />
          ))}
        </div>
      </Section>
      <Section id="stops" title={say("form.stops")}>
        <p className="prose">{say("form.stopsLead")}</p>
        <div className="entry-criteria">
          {criteria.stops.map(({ id, name, ask }) => (
            <WordField
              key={id}
              name={id}
              legend={name}
              ask={ask}
              choices={[
                { value: "yes", label: say("form.yes") },
                { value: "no", label: say("form.no") },
              ]}
              value={body.stops[id]}
              source={sourceOf("stops", id)}
              onChoose={(value) => choose({ stops: { ...body.stops, [id]: value } as EntryBody["stops"] })}
            />
          ))}
        </div>
      </Section>
      <Section id="promise" title={say("form.promise")}>
        {text("scope", say("form.scope"), say("form.scopeHint"))}
        {text("owner", say("form.owner"), say("form.ownerHint"))}
        <BusinessFields
          metrics={body.business}
          most={3}
          problem={problem}
          onChange={(business) => write({ business })}
          onLeave={leave}
        />
        <TechnicalFields
          metrics={body.technical}
          most={4}
          problem={problem}
          onChange={(technical) => write({ technical })}
          onLeave={leave}
        />
      </Section>
    </div>
  );
}

function Changes(props: {
  draft: Parameters<typeof listChanges>[0];
  other: Parameters<typeof listChanges>[1];
  side: "mine" | "theirs";
}) {
  const { say } = useWords("entry");
  const changes = listChanges(props.draft, props.other);
  if (changes.length === 0) return say("form.same");
  return (
    <ul>
      {changes.map((change) => (
        <li key={change.path}>{say("form.saved", { what: change.path, value: change[props.side] })}</li>
      ))}
    </ul>
  );
}
