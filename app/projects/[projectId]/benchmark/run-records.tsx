"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

type Props = {
  projectId: string;
  runId: string;
  version: number;
  records: "kept" | "thinned" | "deleted";
};

/** Takes raw records out for good, after asking once more. */
export function RunRecords({ projectId, runId, version, records }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say } = useWords("runs");
  const [asked, setAsked] = useState<"thinned" | "deleted" | null>(null);
  const take = useMutation(
    trpc.runs.takeOutRecords.mutationOptions({
      onSuccess: () => {
        setAsked(null);
        router.refresh();
      },
    }),
  );
  if (records === "deleted") return null;
  return (
    <div className="no-print">
      {asked === null ? (
        <span className="links">
          {records === "kept" && (
            <WordButton onClick={() => setAsked("thinned")}>{say("records.thin")}</WordButton>
          )}
          <WordButton onClick={() => setAsked("deleted")}>{say("records.delete")}</WordButton>
        </span>
      ) : (
        <div role="alertdialog" aria-labelledby="records-ask">
          <p className="prose" id="records-ask">
            {say(asked === "thinned" ? "records.thinAsk" : "records.deleteAsk")}
          </p>
          <div className="actions">
            <Button
              disabled={take.isPending}
              onClick={() => take.mutate({ projectId, runId, version, records: asked })}
            >
              {say("records.confirm")}
            </Button>
            <WordButton autoFocus onClick={() => setAsked(null)}>
              {say("records.keep")}
            </WordButton>
          </div>
        </div>
      )}
      {take.error && (
        <p className="status error" role="alert">
          {explain(take.error).message} {explain(take.error).hint}
        </p>
      )}
    </div>
  );
}
