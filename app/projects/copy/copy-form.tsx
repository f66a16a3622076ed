"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

/** Name first; what concerns people and dates comes along only when asked for. */
export function CopyForm({ projectId, name: proposed }: { projectId: string; name: string }) {
  const { say } = useWords("home");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [name, setName] = useState(proposed);
  const [withPeople, setPeople] = useState(false);
  const [withPlan, setPlan] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const create = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { id } = await client.projects.duplicate.mutate({ projectId, name, withPeople, withPlan });
      router.push(`/projects/${id}/brief`);
    } catch (error) {
      setProblem(explain(error as never).message);
      setBusy(false);
    }
  };
  return (
    <form className="mt-7" onSubmit={create} noValidate>
      <TextField
        label={say("copy.name")}
        name="name"
        value={name}
        error={problem}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="choices mt-4">
        <Also label={say("copy.withPeople")} checked={withPeople} onChange={setPeople} />
        <Also label={say("copy.withPlan")} checked={withPlan} onChange={setPlan} />
      </div>
      <div className="actions">
        <Button weight="primary" type="submit" disabled={isBusy}>
          {say(isBusy ? "copy.creating" : "copy.create")}
        </Button>
      </div>
    </form>
  );
}

function Also(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span className="word">{props.label}</span>
    </label>
  );
}
