"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#app/_components/button.tsx";
import { StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

/** Keeps the decision as it stands; the one before is superseded, not edited. */
export function RecordButton({
  projectId,
  after,
  label,
}: {
  projectId: string;
  after: number | null;
  label: string;
}) {
  const { say } = useWords("choice");
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const add = useMutation(trpc.records.add.mutationOptions({ onSuccess: () => router.refresh() }));
  return (
    <div className="no-print">
      <Button disabled={add.isPending} onClick={() => add.mutate({ projectId, after })}>
        {add.isPending ? say("record.adding") : label}
      </Button>
      {add.error && (
        <StatusLine
          status={{ kind: "error", message: explain(add.error).message, onRetry: () => router.refresh() }}
        />
      )}
    </div>
  );
}
