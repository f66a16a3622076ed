"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Conflict, type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { GateDay, GateOutcome } from "#server/plan/schema.ts";
import { GATE_OUTCOMES } from "./plan-states.ts";

type Decided = { outcome: GateOutcome; rationale: string; at: string };
type Props = { projectId: string; gate: GateDay; decided: Decided | null };

/** A gate is decided by a person, with the reason. Deciding again keeps the old decision in the record. */
export function GateForm({ projectId, gate, decided }: Props) {
  const { say } = useWords("plan");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<GateOutcome>(decided?.outcome ?? "go");
  const [rationale, setRationale] = useState("");
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [theirs, setTheirs] = useState<Decided>();

  const save = async (seenAt: string | null): Promise<void> => {
    setStatus({ kind: "saving" });
    setTheirs(undefined);
    try {
      const saved = await client.plan.decideGate.mutate({ projectId, gate, outcome, rationale, seenAt });
      setStatus({ kind: "saved", at: saved.at });
      setOpen(false);
      setRationale("");
      router.refresh();
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      setStatus({ kind: "idle" });
      if (body.code === "VERSION_CONFLICT") {
        setTheirs(((body as { data?: unknown }).data as { theirs: Decided }).theirs);
      } else setStatus({ kind: "error", message: body.message });
    }
  };

  return (
    <div className="no-print">
      {isOpen ? (
        <form
          className="gate-form"
          onSubmit={(event) => {
            event.preventDefault();
            void save(decided?.at ?? null);
          }}
        >
          <SelectField
            label={say("gate.outcome")}
            name="outcome"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as GateOutcome)}
            options={GATE_OUTCOMES.map((value) => ({ value, label: say(`outcome.${value}`) }))}
          />
          <TextField
            label={say("gate.because")}
            name="rationale"
            value={rationale}
            maxLength={1000}
            required
            onChange={(event) => setRationale(event.target.value)}
          />
          <Button type="submit">{say("gate.record")}</Button>
        </form>
      ) : (
        <Button onClick={() => setOpen(true)}>
          {decided ? say("gate.decideAgain", { day: gate }) : say("gate.decide", { day: gate })}
        </Button>
      )}
      {theirs && (
        <Conflict
          what={say("gate.name", { day: gate })}
          mine={say("gate.value", { outcome: say(`outcome.${outcome}`), rationale })}
          theirs={say("gate.value", {
            outcome: say(`outcome.${theirs.outcome}`),
            rationale: theirs.rationale,
          })}
          onKeepMine={() => void save(theirs.at)}
          onTakeTheirs={() => {
            setTheirs(undefined);
            setOpen(false);
            router.refresh();
          }}
        />
      )}
      {status.kind !== "idle" && <StatusLine status={status} />}
    </div>
  );
}
