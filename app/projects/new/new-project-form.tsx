"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import type { PresetId } from "#server/brief/schema.ts";

type Preset = { id: PresetId; title: string; problem: string; answers: number };
type Problem = { path: string; message: string };

export function NewProjectForm({ presets }: { presets: Preset[] }) {
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
        legend="The problem"
        name="preset"
        numberKeys
        value={presetId}
        onChoose={(value) => setPresetId(value as PresetId)}
        choices={presets.map((preset) => ({
          value: preset.id,
          label: preset.title,
          hint: sayPreset(preset),
        }))}
      />
      <TextField
        label="Name of the project"
        hint="As people here call it. 1 to 120 characters."
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
          {isBusy ? "Creating …" : "Create and go to the brief"}
        </Button>
      </div>
    </form>
  );
}

function sayPreset({ problem, answers }: Preset): string {
  return answers === 0 ? problem : `${problem} Fills in ${answers} answers.`;
}
