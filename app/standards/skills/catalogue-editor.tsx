"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import { CatalogueChanges } from "./catalogue-changes.tsx";
import { type Catalogue, countChanges, nextVersion } from "./draft-catalogue.ts";
import { RoleTable } from "./role-table.tsx";
import { SkillFields } from "./skill-fields.tsx";

type Offer = { format: "json" | "csv"; text: string; version?: string };

/** A draft in the browser; what it would change is asked of the server, and publishing is a second, deliberate act. */
export function CatalogueEditor({ catalogue }: { catalogue: Catalogue }) {
  const { say } = useWords("standards");
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const fileId = useId();
  const [draft, setDraft] = useState(catalogue);
  const [roleId, setRoleId] = useState<string>(catalogue.roles[0]?.id ?? "");
  const [skillId, setSkillId] = useState(catalogue.skills[0]?.id ?? "");
  const [version, setVersion] = useState(nextVersion(catalogue.version));
  const [offer, setOffer] = useState<Offer>();
  const check = useMutation(trpc.catalogue.check.mutationOptions());
  const publish = useMutation(
    trpc.catalogue.publish.mutationOptions({
      onSuccess: () => {
        check.reset();
        router.refresh();
      },
    }),
  );
  const failed = check.error ?? publish.error;
  const error = failed === null ? null : explain(failed);
  const problems = error !== null && Array.isArray(error.data) ? (error.data as string[]) : [];
  const changed = countChanges(catalogue, draft);
  const isBusy = check.isPending || publish.isPending;

  const edit = (next: Catalogue) => {
    setDraft(next);
    check.reset();
    publish.reset();
  };
  const ask = (asked: Offer) => {
    setOffer(asked);
    publish.reset();
    check.mutate(asked);
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    ask(
      file.name.toLowerCase().endsWith(".csv") ? { format: "csv", text, version } : { format: "json", text },
    );
  };

  return (
    <>
      <section className="catalogue-editor" aria-label={say("skillEditor.roles.title")}>
        <h2>{say("skillEditor.roles.title")}</h2>
        <SelectField
          label={say("skillEditor.roles.role")}
          value={roleId}
          onChange={(event) => setRoleId(event.target.value)}
          options={draft.roles.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        />
        <RoleTable draft={draft} roleId={roleId} onEdit={edit} />
      </section>
      <section className="catalogue-editor" aria-label={say("skillEditor.skills.title")}>
        <h2>{say("skillEditor.skills.title")}</h2>
        <SelectField
          label={say("skillEditor.skills.skill")}
          value={skillId}
          onChange={(event) => setSkillId(event.target.value)}
          options={draft.skills.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        />
        <SkillFields key={skillId} draft={draft} skillId={skillId} onEdit={edit} />
      </section>
      <section className="catalogue-editor no-print" aria-label={say("skillEditor.publish.title")}>
        <h2>{say("skillEditor.publish.title")}</h2>
        <p>{say("skillEditor.changed", { count: changed })}</p>
        <TextField
          label={say("version")}
          hint={say("skillEditor.versionHint", { version: catalogue.version })}
          value={version}
          onChange={(event) => {
            setVersion(event.target.value);
            check.reset();
          }}
        />
        <p className="editor-links">
          <Button
            disabled={changed === 0 || isBusy}
            onClick={() => ask({ format: "json", text: JSON.stringify({ ...draft, version }) })}
          >
            {say("skillEditor.check")}
          </Button>
          {changed > 0 && (
            <WordButton onClick={() => edit(catalogue)}>{say("skillEditor.discard")}</WordButton>
          )}
        </p>
        <div className="field">
          <label htmlFor={fileId}>{say("skillEditor.file")}</label>
          <p className="hint">{say("skillEditor.fileHint")}</p>
          <input
            id={fileId}
            className="control"
            type="file"
            accept=".json,.csv,application/json,text/csv"
            disabled={isBusy}
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </div>
        <p className="status" role="status">
          {check.isPending && say("checking")}
          {publish.isPending && say("publishing")}
          {publish.data && say("published", { version: publish.data.version })}
        </p>
        {error && (
          <div className="error" role="alert">
            <p>
              {error.message} {say("refused")}
            </p>
            {problems.length > 1 && (
              <ul>
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {check.data && offer && (
          <CatalogueChanges
            found={check.data}
            isBusy={publish.isPending}
            onPublish={() => publish.mutate(offer)}
          />
        )}
      </section>
    </>
  );
}
