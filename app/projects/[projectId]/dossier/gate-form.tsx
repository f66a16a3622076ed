"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { LongTextField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { Conflict, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { SayOf } from "#server/messages/say.ts";
import type { GateOutcome } from "#server/plan/schema.ts";

const OUTCOMES: readonly GateOutcome[] = ["go", "go_with_conditions", "pivot", "stop"];

type Props = {
  projectId: string;
  runId: string | null;
  /** What stands now; null before anybody decided. */
  decided: { outcome: GateOutcome; rationale: string; at: string } | null;
};

/** The verdicts are the machine's; the outcome is a person's, with the reason. Deciding again keeps the old one. */
export function GateForm({ projectId, runId, decided }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const { say } = useWords("dossier");
  const router = useRouter();
  const [outcome, setOutcome] = useState<GateOutcome | null>(decided?.outcome ?? null);
  const [rationale, setRationale] = useState(decided?.rationale ?? "");
  const decide = useMutation(trpc.plan.decideGate.mutationOptions({ onSuccess: () => router.refresh() }));
  const error = decide.error === null ? null : explain(decide.error);
  const theirs = error?.code === "VERSION_CONFLICT" ? readTheirs(error.data, say) : null;

  const send = (seenAt: string | null) => {
    if (outcome !== null) decide.mutate({ projectId, gate: 10, outcome, rationale, runId, seenAt });
  };

  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        send(decided?.at ?? null);
      }}
    >
      <RadioList
        legend={say("gate.legend")}
        hideLegend
        name="outcome"
        choices={OUTCOMES.map((value) => ({ value, label: say(`outcome.${value}`) }))}
        value={outcome}
        onChoose={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? null)}
      />
      <LongTextField
        label={say("gate.because")}
        hint={say("gate.becauseHint")}
        maxLength={300}
        rows={4}
        required
        value={rationale}
        onChange={(event) => setRationale(event.target.value)}
      />
      <Button type="submit" weight="primary" disabled={outcome === null || decide.isPending}>
        {say(decided === null ? "gate.record" : "gate.recordNew")}
      </Button>
      {theirs ? (
        <Conflict
          what={say("gate.conflict")}
          mine={outcome && say("gate.words", { outcome: say(`outcome.${outcome}`), rationale })}
          theirs={theirs.words}
          onKeepMine={() => send(theirs.at)}
          onTakeTheirs={() => {
            decide.reset();
            router.refresh();
          }}
        />
      ) : (
        <StatusLine
          status={
            error
              ? { kind: "error", message: error.message }
              : decide.isPending
                ? { kind: "saving" }
                : decide.data
                  ? { kind: "saved", at: decide.data.at }
                  : { kind: "idle" }
          }
        />
      )}
    </form>
  );
}

/** The decision that somebody else recorded meanwhile, out of the error. */
function readTheirs(data: unknown, say: SayOf<"dossier">): { words: string; at: string } | null {
  const theirs = typeof data === "object" && data !== null && "theirs" in data ? data.theirs : null;
  if (typeof theirs !== "object" || theirs === null) return null;
  const { outcome, rationale, at } = theirs as { outcome?: GateOutcome; rationale?: string; at?: string };
  if (outcome === undefined || at === undefined) return null;
  const words = say("gate.words", { outcome: say(`outcome.${outcome}`), rationale: rationale ?? "" });
  return { words, at };
}
