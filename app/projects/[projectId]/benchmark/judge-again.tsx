"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#app/_components/button.tsx";
import { NumberField } from "#app/_components/field.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Target } from "#server/scaffold/schema.ts";

type Asked = { target: Target; label: string; isShare: boolean };

/** Other targets for records that are there already. */
export function JudgeAgain({
  projectId,
  runId,
  asked,
}: {
  projectId: string;
  runId: string;
  asked: Asked[];
}) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say } = useWords("runs");
  const judge = useMutation(trpc.runs.judgeAgain.mutationOptions({ onSuccess: () => router.refresh() }));
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const values = new FormData(event.currentTarget);
        const targets = asked.map(({ target, isShare }, at) => {
          const value = Number(values.get(`target-${at}`));
          return { ...target, value: isShare ? value / 100 : value };
        });
        judge.mutate({ projectId, runId, targets });
      }}
    >
      {asked.map(({ target, label, isShare }, at) => (
        <NumberField
          key={label}
          label={label}
          name={`target-${at}`}
          required
          min={0}
          {...(isShare ? { max: 100 } : {})}
          defaultValue={Number((target.value * (isShare ? 100 : 1)).toPrecision(9))}
        />
      ))}
      <div className="actions">
        <Button type="submit" disabled={judge.isPending}>
          {say("again.judge")}
        </Button>
        <span className="second">{say("again.hint")}</span>
      </div>
      {judge.data && (
        <p className="status" role="status">
          {say("again.said", { outcome: say(`outcome.${judge.data.outcome}`) })}
        </p>
      )}
      {judge.error && (
        <p className="status error" role="alert">
          {explain(judge.error).message} {explain(judge.error).hint}
        </p>
      )}
    </form>
  );
}
