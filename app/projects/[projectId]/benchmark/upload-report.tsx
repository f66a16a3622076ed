"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

const LIMIT_BYTES = 50 * 1024 * 1024;

/** A report made elsewhere. It is recomputed before it is stored; one that disagrees with its records is refused. */
export function UploadReport({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const explain = useExplain();
  const { say, format } = useWords("benchmark");
  const router = useRouter();
  const id = useId();
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const upload = useMutation(
    trpc.reports.upload.mutationOptions({
      onSuccess: ({ run, kind }) => {
        const page = kind === "rag" ? "benchmark" : `benchmark/${kind}`;
        router.push(`/projects/${projectId}/${page}?run=${run.runId}`);
        router.refresh();
      },
    }),
  );
  const error = upload.error === null ? null : explain(upload.error);
  const problems = Array.isArray(error?.data) ? (error.data as { path?: string; message?: string }[]) : [];

  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    const isTooLarge = file.size > LIMIT_BYTES;
    setTooLarge(isTooLarge ? say("upload.tooLarge", { size: format.bytes(file.size) }) : null);
    if (!isTooLarge) upload.mutate({ projectId, text: await file.text() });
  };

  return (
    <div className="field">
      <label htmlFor={id}>{say("upload.label")}</label>
      <p className="hint">{say.rich("upload.hint", { code: (name) => <code>{name}</code> })}</p>
      <input
        id={id}
        className="control"
        type="file"
        accept="application/json,.json"
        disabled={upload.isPending}
        onChange={(event) => {
          void send(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {upload.isPending && <p className="status">{say("upload.reading")}</p>}
      {upload.data && (
        <p className="status" role="status">
          {say(upload.data.outcome === "stored" ? "upload.stored" : "upload.storedBefore")}
        </p>
      )}
      {(tooLarge || error) && (
        <div className="error" role="alert">
          <p>{tooLarge ?? say("upload.refused", { message: error?.message ?? "" })}</p>
          {problems.length > 1 && (
            <ul>
              {problems.slice(0, 5).map((problem) => (
                <li key={`${problem.path} ${problem.message}`}>
                  <code>{problem.path}</code> {problem.message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
