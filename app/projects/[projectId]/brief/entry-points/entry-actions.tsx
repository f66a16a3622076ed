"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

export type Act = { message: string; undo: (() => Promise<unknown>) | null };

/** Does it, says it, keeps the way back on screen; a refusal is said in the same place. */
export function useUndo() {
  const explain = useExplain();
  const router = useRouter();
  const [act, setAct] = useState<Act | null>(null);
  const attempt = async (work: () => Promise<Act | null>): Promise<boolean> => {
    try {
      setAct(await work());
      router.refresh();
      return true;
    } catch (error) {
      const { message, hint } = explain(error as Parameters<typeof explain>[0]) as {
        message: string;
        hint?: string;
      };
      setAct({ message: hint ? `${message} ${hint}` : message, undo: null });
      // Somebody else may have been faster: show what stands now.
      router.refresh();
      return false;
    }
  };
  const undo = act?.undo;
  const goBack = async (): Promise<null> => {
    await undo?.();
    return null;
  };
  const bar = act && (
    <UndoBar
      message={act.message}
      {...(undo ? { onUndo: () => void attempt(goBack) } : {})}
      onClose={() => setAct(null)}
    />
  );
  return { attempt, bar };
}

type Props = {
  projectId: string;
  entry: { id: string; title: string; chosen: boolean };
  chosen: { id: string; title: string } | null;
};

/** Choose, let go, delete; each with its way back. */
export function EntryActions({ projectId, entry, chosen }: Props) {
  const { say } = useWords("entry");
  const client = useTRPCClient();
  const { attempt, bar } = useUndo();
  const { id: entryPointId, title } = entry;
  const choose = (to: string | null, from: string | null) =>
    client.entryPoints.choose.mutate({ projectId, entryPointId: to, seenChosenId: from });
  return (
    <span className="links no-print">
      {entry.chosen ? (
        <WordButton
          aria-label={say("list.letGoLabel", { title })}
          onClick={() =>
            attempt(async () => {
              await choose(null, entryPointId);
              return { message: say("list.isFree"), undo: () => choose(entryPointId, null) };
            })
          }
        >
          {say("list.letGo")}
        </WordButton>
      ) : (
        <WordButton
          aria-label={say("list.chooseLabel", { title })}
          onClick={() =>
            attempt(async () => {
              await choose(entryPointId, chosen?.id ?? null);
              return {
                message: say("list.isChosen", { title }),
                undo: () => choose(chosen?.id ?? null, entryPointId),
              };
            })
          }
        >
          {say("list.choose")}
        </WordButton>
      )}
      {bar}
    </span>
  );
}

/** Deleting takes the row away, so that its way back has to live above the rows. */
export function useDeleteEntry(projectId: string) {
  const { say } = useWords("entry");
  const client = useTRPCClient();
  const { attempt, bar } = useUndo();
  const remove = ({ id: entryPointId, title }: { id: string; title: string }) =>
    attempt(async () => {
      await client.entryPoints.remove.mutate({ projectId, entryPointId });
      return {
        message: say("list.isDeleted", { title }),
        undo: () => client.entryPoints.restore.mutate({ projectId, entryPointId }),
      };
    });
  return { remove, bar };
}
