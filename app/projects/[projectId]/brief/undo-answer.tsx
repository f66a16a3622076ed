"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

/** Puts the answer before the newest one back. The history keeps both. */
export function UndoAnswer({
  projectId,
  questionId,
  to,
}: {
  projectId: string;
  questionId: string;
  to: string;
}) {
  const { say } = useWords("brief");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const undo = async () => {
    try {
      await client.brief.undoAnswer.mutate({ projectId, questionId });
      setProblem(undefined);
      router.refresh();
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
    }
  };
  return (
    <p>
      <WordButton onClick={undo}>{say("history.undo", { words: to })}</WordButton>
      {problem && <span role="alert"> {problem}</span>}
    </p>
  );
}
