"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

const WAYS = ["hire", "contract", "borrow", "train", "descope"] as const;
type Way = (typeof WAYS)[number];

type Gap = { skillId: string; name: string; action: Way | null; chosen: boolean };

/** Another way to close one gap, with a reason; the way back is one word. */
export function ChooseWay({ projectId, gaps }: { projectId: string; gaps: Gap[] }) {
  const { say } = useWords("hiring");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [skillId, setSkillId] = useState(gaps[0]?.skillId ?? "");
  const [action, setAction] = useState<Way>("train");
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<{ message: string; undo?: () => Promise<void> }>();
  const seenOf = (id: string) => gaps.find((gap) => gap.skillId === id && gap.chosen)?.action ?? null;

  const send = async (
    id: string,
    choice: { action: Way; personId: string | null; reason: string } | null,
    seen: Way | null,
  ) => {
    setProblem(undefined);
    try {
      const { before } = await client.hiring.choose.mutate({ projectId, skillId: id, choice, seen });
      router.refresh();
      const undo = async () => {
        const old = before && { action: before.action, personId: before.personId, reason: before.reason };
        await send(id, old, choice?.action ?? null);
        setDone(undefined);
      };
      setDone({
        message: choice ? say("choose.done", { skill: id }) : say("choose.back", { skill: id }),
        undo,
      });
      setReason("");
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
    }
  };

  return (
    <>
      <p className="prose">{say("choose.lead")}</p>
      <form
        className="hiring-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send(skillId, { action, personId: null, reason }, seenOf(skillId));
        }}
      >
        <SelectField
          label={say("choose.skill")}
          value={skillId}
          onChange={(event) => setSkillId(event.target.value)}
          options={gaps.map((gap) => ({ value: gap.skillId, label: `${gap.skillId} ${gap.name}` }))}
        />
        <SelectField
          label={say("choose.way")}
          value={action}
          onChange={(event) => setAction(WAYS.find((way) => way === event.target.value) ?? "train")}
          options={WAYS.map((way) => ({ value: way, label: say(`action.${way}`) }))}
        />
        <TextField
          label={say("choose.reason")}
          value={reason}
          required
          maxLength={300}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit">{say("choose.save")}</Button>
      </form>
      {problem && (
        <p className="status error" role="alert">
          {problem}
        </p>
      )}
      <p className="file-row">
        {gaps
          .filter((gap) => gap.chosen)
          .map((gap) => (
            <WordButton key={gap.skillId} onClick={() => void send(gap.skillId, null, gap.action)}>
              {say("choose.takeBack", { skill: gap.skillId })}
            </WordButton>
          ))}
      </p>
      {done && (
        <UndoBar
          message={done.message}
          {...(done.undo ? { onUndo: () => void done.undo?.() } : {})}
          onClose={() => setDone(undefined)}
        />
      )}
    </>
  );
}
