"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Note } from "#app/_components/note.tsx";
import { Conflict } from "#app/_components/status-line.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Project } from "#server/brief/schema.ts";

type NameConflict = { theirs: string; version: number };

/** Rename, copy, compare, take along, archive, delete. Deleting hides; the bar brings it back. */
export function ProjectName({ project }: { project: Project }) {
  const { say } = useWords("brief");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState(project.name);
  const [problem, setProblem] = useState<string>();
  const [conflict, setConflict] = useState<NameConflict>();
  const [isDeleted, setDeleted] = useState(false);

  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await act();
      router.refresh();
      return true;
    } catch (error) {
      const body = explain(error as Parameters<typeof explain>[0]);
      if (body.code === "VERSION_CONFLICT") setConflict((body as { data?: unknown }).data as NameConflict);
      else setProblem(body.message);
      return false;
    }
  };
  const rename = async (version: number) => {
    const done = await attempt(() =>
      client.brief.renameProject.mutate({ projectId: project.id, name, version }),
    );
    if (done) {
      setConflict(undefined);
      setOpen(false);
    }
  };

  return (
    <Note title={say("project.title")}>
      {isOpen ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void rename(project.version);
          }}
        >
          <TextField
            label={say("project.name")}
            name="name"
            value={name}
            error={problem}
            onChange={(event) => setName(event.target.value)}
          />
          {conflict && (
            <Conflict
              what={say("project.theName")}
              mine={name}
              theirs={conflict.theirs}
              onKeepMine={() => void rename(conflict.version)}
              onTakeTheirs={() => {
                setName(conflict.theirs);
                setConflict(undefined);
                setOpen(false);
                router.refresh();
              }}
            />
          )}
          <Button type="submit">{say("project.rename")}</Button>{" "}
          <WordButton onClick={() => setOpen(false)}>{say("project.leave")}</WordButton>
        </form>
      ) : (
        <>
          <p>{project.name}</p>
          {project.archivedAt !== null && <p>{say("project.isArchived")}</p>}
          <p className="links">
            <Link className="act" prefetch={false} href={`/projects/copy?of=${project.id}`}>
              {say("project.copy")}
            </Link>
            <Link className="act" prefetch={false} href={`/compare?a=${project.id}`}>
              {say("project.compare")}
            </Link>
            <a className="act" href={`/api/projects/${project.id}/file`} download>
              {say("project.export")}
            </a>
            <WordButton
              onClick={() =>
                void attempt(() =>
                  client.projects.archive.mutate({
                    projectId: project.id,
                    archived: project.archivedAt === null,
                  }),
                )
              }
            >
              {say(project.archivedAt === null ? "project.archive" : "project.unarchive")}
            </WordButton>
            <WordButton
              onClick={() => {
                setName(project.name);
                setProblem(undefined);
                setOpen(true);
              }}
            >
              {say("project.rename")}
            </WordButton>
            <WordButton
              onClick={async () => {
                // No refresh: the page would be gone, and the way back with it.
                setProblem(undefined);
                await client.brief.deleteProject
                  .mutate({ projectId: project.id })
                  .then(() => setDeleted(true))
                  .catch((error) => setProblem(explain(error).message));
              }}
            >
              {say("project.delete")}
            </WordButton>
          </p>
          {problem && <p role="alert">{problem}</p>}
        </>
      )}
      {isDeleted && (
        <UndoBar
          message={say("project.deleted", { name: project.name })}
          onUndo={() =>
            void attempt(() => client.brief.restoreProject.mutate({ projectId: project.id })).then((done) =>
              setDeleted(!done),
            )
          }
          onClose={() => router.push("/")}
        />
      )}
    </Note>
  );
}
