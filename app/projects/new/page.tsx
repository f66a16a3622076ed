import type { Metadata } from "next";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { ImportProject } from "#app/_home/import-project.tsx";
import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { NewProjectForm } from "./new-project-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("home")).say("new.title") };
}

export default async function NewProjectPage() {
  const api = await caller();
  const presets = await api.brief.presets();
  const { say } = await readWords("home");
  return (
    <Frame where={<b>{say("new.title")}</b>} tools={<ThemeSwitch />}>
      <Sheet>
        <SheetHead question={say("new.question")} lead={say("new.lead")} />
        <WordsFor rooms={["home"]}>
          <NewProjectForm presets={presets} />
          <Section id="import" title={say("import.title")}>
            <ImportProject />
          </Section>
        </WordsFor>
      </Sheet>
      <Margin>
        <Note title={say("new.why.title")}>{say("new.why.said")}</Note>
        <Note title={say("new.keyboard.title")}>{say("new.keyboard.said")}</Note>
      </Margin>
    </Frame>
  );
}
