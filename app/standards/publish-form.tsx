"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { Table } from "#app/_components/table.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

/** A file is read and compared first; publishing is a second, deliberate act. */
export function PublishForm({ which }: { which: "rules" | "skills" }) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const id = useId();
  const { say, format } = useWords("standards");
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
  const problems = Array.isArray(error?.data) ? (error.data as string[]) : [];
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
      {found && (
        <div className="mt-4">
          <p>
            {say("changes", { count: found.differing })}
            {found.differing > found.differences.length &&
              ` ${say("more", { shown: format.number(found.differences.length) })}`}
          </p>
          {found.differences.length > 0 && (
            <Table
              caption={say("changesCaption")}
              columns={[{ head: say("value") }, { head: say("before") }, { head: say("after") }]}
              rows={found.differences.map(({ path, before, after }) => ({
                key: path,
                cells: [<code key="path">{path}</code>, before ?? say("absent"), after ?? say("absent")],
              }))}
            />
          )}
          {which === "rules" && (
            <>
              <p className="mt-4">{say("decisions", { count: found.decisions.length })}</p>
              {found.decisions.length > 0 && (
                <Table
                  caption={say("decisionsCaption")}
                  columns={[
                    { head: say("project") },
                    { head: say("layer") },
                    { head: say("before") },
                    { head: say("after") },
                  ]}
                  rows={found.decisions.map(({ projectId, project, layer, before, after }) => ({
                    key: `${projectId} ${layer}`,
                    cells: [
                      project,
                      layer,
                      before.join(", ") || say("nothing"),
                      after.join(", ") || say("nothing"),
                    ],
                  }))}
                />
              )}
            </>
          )}
          {found.differing > 0 && (
            <div className="actions">
              <Button
                weight="primary"
                disabled={publish.isPending}
                onClick={() => publish.mutate({ which, text })}
              >
                {say("publish", { version: found.version })}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
