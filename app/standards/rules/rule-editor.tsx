"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Section } from "#app/_components/section.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { RuleEdit } from "#server/decision/draft-schema.ts";
import { FoundChanges, RefusedDocument } from "../found-changes.tsx";
import type { EditableRule } from "../standards-data.ts";
import { countEdits, raiseVersion } from "./draft-edits.ts";
import { RuleFields } from "./rule-fields.tsx";

type Props = { version: string; layers: { id: string; name: string }[]; rules: EditableRule[] };

/** Edits stay in the page until they are published together as one new version. */
export function RuleEditor({ version, layers, rules }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say } = useWords("standards");
  const [shown, setShown] = useState("");
  const [edits, setEdits] = useState<ReadonlyMap<string, RuleEdit>>(new Map());
  const [next, setNext] = useState(raiseVersion(version));
  const [note, setNote] = useState("");
  const [round, setRound] = useState(0);
  const check = useMutation(trpc.standards.check.mutationOptions());
  const publish = useMutation(trpc.standards.publish.mutationOptions({ onSuccess: () => router.refresh() }));
  const changed = [...edits.values()].filter((edit) => countEdits(edit) > 0);
  const document = {
    which: "rules",
    draft: { base: version, version: next, note, edits: changed },
  } as const;
  const failed = check.error ?? publish.error;

  const edit = (rule: EditableRule, part: RuleEdit | null) => {
    check.reset();
    publish.reset();
    setEdits((before) => {
      const after = new Map(before);
      if (part === null) after.delete(rule.id);
      else after.set(rule.id, part);
      return after;
    });
  };

  const discard = () => {
    setRound(round + 1);
    setEdits(new Map());
    check.reset();
  };

  return (
    <>
      <SelectField
        label={say("editor.show")}
        value={shown}
        onChange={(event) => setShown(event.target.value)}
        options={[
          { value: "", label: say("editor.all") },
          ...layers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {[...layers, { id: null, name: say("editor.project") }].map(({ id, name }) => {
        const own = rules.filter(({ layer }) => layer === id);
        if (own.length === 0 || (shown !== "" && shown !== id)) return null;
        return (
          <Section key={name} id={`rules-${id ?? "project"}`} title={name}>
            {own.map((rule) => (
              <RuleFields
                key={`${rule.id} ${round}`}
                rule={rule}
                edit={edits.get(rule.id)}
                onEdit={(part) => edit(rule, part)}
              />
            ))}
          </Section>
        );
      })}
      <Section
        id="publish"
        title={say("editor.changed", { count: changed.length })}
        links={changed.length > 0 && <WordButton onClick={discard}>{say("editor.discard")}</WordButton>}
      >
        {changed.length === 0 ? (
          <p>{say("editor.none")}</p>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              check.mutate(document);
            }}
          >
            <TextField
              label={say("editor.version")}
              hint={say("editor.versionHint", { version })}
              required
              pattern="[0-9]+[.][0-9]+[.][0-9]+"
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
            <TextField
              label={say("editor.note")}
              hint={say("editor.noteHint")}
              required
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <div className="actions">
              <Button type="submit" disabled={check.isPending || publish.isPending}>
                {say("editor.check")}
              </Button>
            </div>
          </form>
        )}
        <p className="status" role="status">
          {check.isPending && say("checking")}
          {publish.isPending && say("publishing")}
          {publish.data && say("published", { version: publish.data.version })}
        </p>
        {failed && <RefusedDocument error={explain(failed)} />}
        {check.data && !publish.data && (
          <FoundChanges
            which="rules"
            found={check.data}
            publishing={publish.isPending}
            onPublish={() => publish.mutate(document)}
          />
        )}
      </Section>
    </>
  );
}
