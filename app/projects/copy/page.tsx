import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { CopyForm } from "./copy-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("home")).say("copy.title") };
}

type Props = { searchParams: Promise<{ of?: string | string[] }> };

/** A second project that begins where another stands. */
export default async function CopyPage({ searchParams }: Props) {
  const { of } = await searchParams;
  if (typeof of !== "string") notFound();
  const api = await caller();
  const project = await orNotFound(api.brief.readProject({ projectId: of }));
  const { say } = await readWords("home");
  return (
    <Frame where={<b>{say("copy.title")}</b>} tools={<ThemeSwitch />}>
      <Sheet>
        <SheetHead question={say("copy.question")} lead={say("copy.lead", { name: project.name })} />
        <WordsFor rooms={["home"]}>
          <CopyForm projectId={project.id} name={proposeName(project.name, say)} />
        </WordsFor>
      </Sheet>
      <Margin>
        <Note title={say("copy.why.title")}>{say("copy.why.said")}</Note>
      </Margin>
    </Frame>
  );
}

/** A name has 120 characters at most; the long one gives way, not the word that tells the two apart. */
function proposeName(name: string, say: Awaited<ReturnType<typeof readWords<"home">>>["say"]): string {
  const left = 120 - [...say("copy.proposed", { name: "" })].length;
  return say("copy.proposed", { name: [...name].slice(0, left).join("") });
}
