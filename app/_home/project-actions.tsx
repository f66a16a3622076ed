"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useContext, useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import { Announce, DeleteProject } from "./undo-provider.tsx";

type Named = { projectId: string; name: string };

/** Copy, archive, delete: each at once, each with its way back. */
export function ProjectActions({ projectId, name, archived }: Named & { archived: boolean }) {
  const { say } = useWords("home");
  return (
    <span className="links no-print">
      <Link prefetch={false} href={`/projects/copy?of=${projectId}`} aria-label={say("copy.label", { name })}>
        {say("copy.act")}
      </Link>
      <ArchiveProject projectId={projectId} name={name} archived={archived} />
      <DeleteProject projectId={projectId} name={name} />
    </span>
  );
}

function ArchiveProject({ projectId, name, archived }: Named & { archived: boolean }) {
  const { say } = useWords("home");
  const announce = useContext(Announce);
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const turn = async () => {
    setBusy(true);
    try {
      await client.projects.archive.mutate({ projectId, archived: !archived });
      announce({
        message: say(archived ? "archive.outDone" : "archive.done", { name }),
        undo: () => client.projects.archive.mutate({ projectId, archived }),
      });
      router.refresh();
    } catch (error) {
      announce({ message: explain(error as never).message, undo: null });
      setBusy(false);
    }
  };
  return (
    <WordButton
      disabled={isBusy}
      onClick={turn}
      aria-label={say(archived ? "archive.outLabel" : "archive.label", { name })}
    >
      {say(archived ? "archive.out" : "archive.act")}
    </WordButton>
  );
}

/** Brings a deleted project back; asks for another name where its own was given away meanwhile. */
export function RestoreProject({ projectId, name }: Named) {
  const { say } = useWords("home");
  const announce = useContext(Announce);
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [isTaken, setTaken] = useState(false);
  const [other, setOther] = useState(name);
  const [problem, setProblem] = useState<string>();
  const restore = async (as?: string) => {
    try {
      await client.brief.restoreProject.mutate({ projectId, ...(as === undefined ? {} : { name: as }) });
      announce({
        message: say("restore.done", { name: as ?? name }),
        undo: () => client.brief.deleteProject.mutate({ projectId }),
      });
      router.refresh();
    } catch (error) {
      const body = explain(error as never);
      setProblem(isTaken ? body.message : undefined);
      if (body.code === "NAME_TAKEN") setTaken(true);
      else announce({ message: body.message, undo: null });
    }
  };
  if (!isTaken)
    return (
      <WordButton onClick={() => void restore()} aria-label={say("restore.label", { name })}>
        {say("restore.act")}
      </WordButton>
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void restore(other);
      }}
    >
      <TextField
        label={say("restore.name")}
        hint={say("restore.taken", { name })}
        value={other}
        error={problem}
        onChange={(event) => setOther(event.target.value)}
      />
      <WordButton type="submit">{say("restore.act")}</WordButton>
    </form>
  );
}
