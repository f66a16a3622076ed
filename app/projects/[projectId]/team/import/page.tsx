import type { Metadata } from "next";
import Link from "next/link";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { ImportForm } from "./import-form.tsx";
import "../team.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("team")).say("import.title") };
}

export default async function ImportPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const { say } = await readWords("team");
  const team = await orNotFound((await caller()).team.read({ projectId }));
  return (
    <WordsFor rooms={["team"]}>
      <Sheet>
        <SheetHead question={say("import.question")} lead={say("import.lead")} />
        <p>
          <Link className="act" href={`/projects/${team.project.id}/team`} prefetch={false}>
            {say("import.back")}
          </Link>
        </p>
        <ImportForm
          projectId={team.project.id}
          skills={Object.fromEntries(team.skills.map(({ id, name }) => [id, name]))}
          roles={Object.fromEntries(team.roles.map(({ id, name }) => [id, name]))}
          levels={team.levels.map(({ name }) => name)}
        />
      </Sheet>
      <Margin>
        <Note title={say("import.careTitle")}>
          <p>{say("import.care")}</p>
        </Note>
        <Note title={say("care.title")} source={say("care.purpose")}>
          <p>{say("care.text")}</p>
        </Note>
      </Margin>
    </WordsFor>
  );
}
