import type { Metadata } from "next";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller } from "#app/_trpc/server.ts";
import { NewProjectForm } from "./new-project-form.tsx";

export const metadata: Metadata = { title: "New project" };

export default async function NewProjectPage() {
  const api = await caller();
  const presets = await api.brief.presets();
  return (
    <Frame where={<b>New project</b>} tools={<ThemeSwitch />}>
      <Sheet>
        <SheetHead
          question="Which problem comes closest?"
          lead="A known problem fills most answers in; each is marked as a preset until you confirm or change it. Nothing is binding."
        />
        <NewProjectForm presets={presets} />
      </Sheet>
      <Margin>
        <Note title="Why a name and a problem, and no more">
          The rest is asked one question a page, in the order of what it would change. You may say “I don’t
          know” to any of them.
        </Note>
        <Note title="Keyboard">Keys 1 to 9 choose a problem, Enter goes on.</Note>
      </Margin>
    </Frame>
  );
}
