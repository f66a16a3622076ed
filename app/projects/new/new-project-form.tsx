"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { PresetId } from "#server/brief/schema.ts";

type Preset = { id: PresetId; title: string; problem: string; answers: number };
type Problem = { path: string; message: string };

export function NewProjectForm({ presets }: { presets: Preset[] }) {
  const { say } = useWords("home");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [presetId, setPresetId] = useState<PresetId>(presets[0]?.id ?? "blank");
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  const create = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const nameInput = event.currentTarget.elements.namedItem("name");
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await client.brief.createProject.mutate({ name, presetId });
      router.push(`/projects/${id}/brief`);
    } catch (error) {
      const { message, path = "" } = explain(error as never);
      setProblem({ message, path });
      if (path === "name" && nameInput instanceof HTMLElement) nameInput.focus();
      setBusy(false);
    }
  };

  return (
    <form className="mt-7" onSubmit={create} noValidate>
      <RadioList
        legend={say("new.problem")}
        name="preset"
        numberKeys
        value={presetId}
        onChoose={(value) => setPresetId(value as PresetId)}
        choices={presets.map((preset) => ({
          value: preset.id,
          label: preset.title,
          hint:
            preset.answers === 0
              ? preset.problem
              : say("new.presetFills", { problem: preset.problem, answers: String(preset.answers) }),
        }))}
      />
      <TextField
        label={say("new.name")}
        hint={say("new.nameHint")}
        name="name"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.path === "name" ? problem.message : undefined}
      />
      {problem && problem.path !== "name" && (
        <p className="status error" role="alert">
          {problem.message}
        </p>
      )}
      <div className="actions">
        <Button weight="primary" type="submit" disabled={isBusy}>
          {isBusy ? say("new.creating") : say("new.create")}
        </Button>
      </div>
    </form>
  );
}
