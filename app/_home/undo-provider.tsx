"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useState } from "react";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

type Act = { message: string; undo: (() => Promise<unknown>) | null };
export const Announce = createContext<(act: Act) => void>(() => {});

/** Keeps the way back on screen after the row it belongs to has gone. */
export function UndoProvider({ children }: { children: React.ReactNode }) {
  const [act, setAct] = useState<Act | null>(null);
  const router = useRouter();
  const explain = useExplain();
  const undo = async () => {
    try {
      await act?.undo?.();
      setAct(null);
      router.refresh();
    } catch (error) {
      setAct({ message: explain(error as never).message, undo: null });
    }
  };
  return (
    <Announce value={setAct}>
      {children}
      {act && (
        <UndoBar message={act.message} {...(act.undo ? { onUndo: undo } : {})} onClose={() => setAct(null)} />
      )}
    </Announce>
  );
}

/** Deletes at once and offers the way back: asking first would cost everybody a click for the few who slip. */
export function DeleteProject({ projectId, name }: { projectId: string; name: string }) {
  const { say } = useWords("home");
  const announce = useContext(Announce);
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await client.brief.deleteProject.mutate({ projectId });
      announce({
        message: say("delete.done", { name }),
        undo: () => client.brief.restoreProject.mutate({ projectId }),
      });
      router.refresh();
    } catch (error) {
      announce({ message: explain(error as never).message, undo: null });
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      className="act"
      disabled={isBusy}
      onClick={remove}
      aria-label={say("delete.label", { name })}
    >
      {say("delete.act")}
    </button>
  );
}
