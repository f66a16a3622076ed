"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { SaveStatus } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import type { Answer, AnswerValue } from "#server/brief/schema.ts";

type ConflictData = { yours: AnswerValue; theirs: AnswerValue; answeredAt: string | null };
type Explain = ReturnType<typeof useExplain>;

/** Saves each choice as it is made, one after the other; tells what happened; keeps the choice when it fails. */
export function useSaveAnswer(projectId: string, questionId: string, initial: Answer | null) {
  const router = useRouter();
  const client = useTRPCClient();
  const explain = useExplain();
  const [value, setValue] = useState<AnswerValue | null>(initial?.value ?? null);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [problem, setProblem] = useState<string>();
  const [conflict, setConflict] = useState<ConflictData>();
  const current = useRef<AnswerValue | null>(initial?.value ?? null);
  const seenAt = useRef<string | null>(initial?.answeredAt ?? null);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));
  const waiting = useRef(0);

  // An undo beside the form, or another tab, may have changed what is stored; a choice on its way wins over it.
  useEffect(() => {
    if (waiting.current > 0) return;
    current.current = initial?.value ?? null;
    seenAt.current = initial?.answeredAt ?? null;
    setValue(current.current);
  }, [initial]);

  function choose(chosen: AnswerValue): void {
    current.current = chosen;
    setValue(chosen);
    waiting.current += 1;
    queue.current = queue.current
      .then(() => save(chosen))
      .finally(() => {
        waiting.current -= 1;
      });
  }

  async function save(chosen: AnswerValue): Promise<boolean> {
    setStatus({ kind: "saving" });
    setProblem(undefined);
    try {
      const saved = await client.brief.saveAnswer.mutate({
        projectId,
        questionId,
        value: chosen,
        seenAt: seenAt.current,
      });
      seenAt.current = saved.answeredAt;
      setStatus({ kind: "saved", at: saved.answeredAt });
      router.refresh();
      return true;
    } catch (error) {
      tell(explain(error as Parameters<Explain>[0]), chosen);
      return false;
    }
  }

  function tell(body: ReturnType<Explain>, chosen: AnswerValue): void {
    setStatus({ kind: "idle" });
    if (body.code === "ANSWER_CONFLICT") setConflict((body as { data?: unknown }).data as ConflictData);
    else if (body.code === "ANSWER_INVALID") setProblem(body.message);
    else setStatus({ kind: "error", message: body.message, onRetry: () => choose(chosen) });
  }

  function leaveConflict(then: (data: ConflictData) => void): void {
    if (!conflict) return;
    seenAt.current = conflict.answeredAt;
    setConflict(undefined);
    then(conflict);
  }

  return {
    value,
    status,
    problem,
    conflict,
    choose,
    keepMine: () => leaveConflict(({ yours }) => choose(yours)),
    takeTheirs: () =>
      leaveConflict(({ theirs }) => {
        current.current = theirs;
        setValue(theirs);
        router.refresh();
      }),
    /** The newest choice, also before it is drawn. */
    peek: () => current.current,
    isBusy: () => waiting.current > 0,
    /** Resolves when nothing waits any more: whether the last choice is stored. */
    settle: () => queue.current,
  };
}
