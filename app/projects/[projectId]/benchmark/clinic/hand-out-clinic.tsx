"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#app/_components/button.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import { CopyLines } from "../../scaffold/copy-lines.tsx";

type Props = {
  projectId: string;
  latest: { id: string; archiveSha256: string; createdAt: string } | null;
};

const NAME = "clinic-pilot";

/** Seals the clinic for this project, then offers its archive and the lines that run it. */
export function HandOutClinic({ projectId, latest }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const router = useRouter();
  const { say, format } = useWords("clinic");
  const handOut = useMutation(trpc.clinic.handOut.mutationOptions({ onSuccess: () => router.refresh() }));
  return (
    <div>
      {latest === null ? (
        <p className="prose">{say("handOut.never")}</p>
      ) : (
        <p className="source">
          {say.rich("handOut.again", {
            time: format.dateTime(latest.createdAt),
            sha256: latest.archiveSha256,
            code: (words) => <code className="hash">{words}</code>,
          })}
        </p>
      )}
      <div className="actions">
        {latest !== null && (
          <a className="button primary" href={`/api/projects/${projectId}/archive?scaffold=${latest.id}`}>
            {say("handOut.download", { file: `${NAME}.zip` })}
          </a>
        )}
        <Button
          weight={latest === null ? "primary" : "secondary"}
          disabled={handOut.isPending}
          onClick={() => handOut.mutate({ projectId })}
        >
          {say(handOut.isPending ? "handOut.busy" : latest === null ? "handOut.act" : "handOut.actAgain")}
        </Button>
      </div>
      {handOut.error && (
        <p className="status error" role="alert">
          {explain(handOut.error).message}
        </p>
      )}
      {latest !== null && (
        <>
          <CopyLines
            label={say("handOut.lines")}
            lines={[`unzip ${NAME}.zip -d ${NAME}`, `cd ${NAME}`, "make setup bench gate"]}
          />
          <CopyLines
            label={say("handOut.own")}
            lines={["uv run pilot bench --workload your_module:your_function"]}
          />
        </>
      )}
    </div>
  );
}
