"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#app/_components/button.tsx";
import { formatDateTime } from "#app/_components/format-date.ts";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { CopyLines } from "./copy-lines.tsx";
import type { HandedOut } from "./scaffold-data.ts";

type Props = {
  projectId: string;
  template: string;
  /** Whether what would be handed out now is what was handed out last. */
  state: "never" | "current" | "changed";
  latest: HandedOut | null;
};

const WORDS = {
  never: "Not handed out yet. A benchmark measures what was handed out, against the targets sealed with it.",
  current: "What was handed out last is what stands here now.",
  changed: "The brief, the decision or the choices changed since the last hand-out.",
};

/** Seals the pilot as it stands, then offers its archive and the lines that run it. */
export function HandOutBar({ projectId, template, state, latest }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const handOut = useMutation(trpc.scaffold.handOut.mutationOptions({ onSuccess: () => router.refresh() }));
  const name = `${template}-pilot`;
  const problem = handOut.error ? explain(handOut.error) : null;
  return (
    <div>
      <p className="prose">{WORDS[state]}</p>
      <div className="actions">
        {state !== "current" && (
          <Button weight="primary" disabled={handOut.isPending} onClick={() => handOut.mutate({ projectId })}>
            {handOut.isPending
              ? "Handing out …"
              : state === "never"
                ? "Hand out the pilot"
                : "Hand out again"}
          </Button>
        )}
        {latest && (
          <a
            className={`button ${state === "current" ? "primary" : "secondary"}`}
            href={`/api/projects/${projectId}/archive?scaffold=${latest.id}`}
          >
            Download {name}.zip
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
            Handed out {formatDateTime(latest.createdAt)}. sha256{" "}
            <code className="hash">{latest.archiveSha256}</code>
          </p>
          <CopyLines
            label="Lines that run it elsewhere"
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
