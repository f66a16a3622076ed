"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

/** Makes the example anew: it may have been deleted. */
export function StartExample() {
  const { say } = useWords("home");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      const { id } = await client.brief.createProject.mutate({
        name: say("example.name"),
        presetId: "rag_support",
      });
      router.push(`/projects/${id}`);
    } catch (error) {
      setProblem(explain(error as never).message);
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={start} disabled={isBusy}>
        {say("example.open")}
      </Button>
      {problem && (
        <p className="status error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
