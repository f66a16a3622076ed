"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import { FoundChanges, RefusedDocument } from "./found-changes.tsx";

/** A file is read and compared first; publishing is a second, deliberate act. */
export function PublishForm({ which }: { which: "rules" | "skills" }) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const id = useId();
  const { say } = useWords("standards");
  const [text, setText] = useState("");
  const check = useMutation(trpc.standards.check.mutationOptions());
  const publish = useMutation(
    trpc.standards.publish.mutationOptions({
      onSuccess: () => {
        check.reset();
        router.refresh();
      },
    }),
  );
  const failed = check.error ?? publish.error;
  const error = failed === null ? null : explain(failed);
  const found = check.data;

  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = await file.text();
    setText(read);
    publish.reset();
    check.mutate({ which, text: read });
  };

  return (
    <div className="field mt-4 no-print">
      <label htmlFor={id}>{say("upload")}</label>
      <p className="hint">{say("uploadHint")}</p>
      <input
        id={id}
        className="control"
        type="file"
        accept="application/json,.json"
        disabled={check.isPending || publish.isPending}
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <p className="status" role="status">
        {check.isPending && say("checking")}
        {publish.isPending && say("publishing")}
        {publish.data && say("published", { version: publish.data.version })}
      </p>
      {error && <RefusedDocument error={error} />}
      {found && (
        <FoundChanges
          which={which}
          found={found}
          publishing={publish.isPending}
          onPublish={() => publish.mutate({ which, text })}
        />
      )}
    </div>
  );
}
