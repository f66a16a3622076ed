"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#app/_components/button.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import { CopyLines } from "./copy-lines.tsx";
import type { HandedOut } from "./scaffold-data.ts";

type Props = {
  projectId: string;
  template: string;
  /** Whether what would be handed out now is what was handed out last. */
  state: "never" | "current" | "changed";
  latest: HandedOut | null;
};

/** Seals the pilot as it stands, then offers its archive and the lines that run it. */
export function HandOutBar({ projectId, template, state, latest }: Props) {
  const { say, format } = useWords("scaffold");
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const handOut = useMutation(trpc.scaffold.handOut.mutationOptions({ onSuccess: () => router.refresh() }));
  const name = `${template}-pilot`;
  const problem = handOut.error ? explain(handOut.error) : null;
  return (
    <div>
      <p className="prose">{say(`handOut.state.${state}`)}</p>
      <div className="actions">
        {state !== "current" && (
          <Button weight="primary" disabled={handOut.isPending} onClick={() => handOut.mutate({ projectId })}>
            {handOut.isPending
              ? say("handOut.busy")
              : state === "never"
                ? say("handOut.first")
                : say("handOut.again")}
          </Button>
        )}
        {latest && (
          <a
            className={`button ${state === "current" ? "primary" : "secondary"}`}
            href={`/api/projects/${projectId}/archive?scaffold=${latest.id}`}
          >
            {say("handOut.download", { file: `${name}.zip` })}
          </a>
        )}
      </div>
      {problem && (
        <p className="status error" role="alert">
          {problem.message}
        </p>
      )}
      {latest && (
        <>
          <p className="source mt-2">
            {say.rich("handOut.record", {
              time: format.dateTime(latest.createdAt),
              sha256: latest.archiveSha256,
              code: (words) => <code className="hash">{words}</code>,
            })}
          </p>
          <CopyLines
            label={say("handOut.lines")}
            lines={[
              `echo "${latest.archiveSha256}  ${name}.zip" | sha256sum --check`,
              `unzip ${name}.zip -d ${name}`,
              `cd ${name}`,
              "make setup test run",
              "make bench gate",
            ]}
          />
        </>
      )}
    </div>
  );
}
