import { LinkButton } from "./_components/button.tsx";
import { Frame, Sheet } from "./_components/frame.tsx";
import { SheetHead } from "./_components/sheet-head.tsx";
import { ThemeSwitch } from "./_components/theme-switch.tsx";
import { readWords } from "./_words/server.ts";

export default async function NotFound() {
  const { say } = await readWords("common");
  return (
    <Frame tools={<ThemeSwitch />}>
      <Sheet>
        <title>{`${say("nothingHere.title")} · Pilotage`}</title>
        <SheetHead question={say("nothingHere.question")} lead={say("nothingHere.lead")} />
        <div className="actions">
          <LinkButton weight="primary" href="/">
            {say("allProjects")}
          </LinkButton>
        </div>
      </Sheet>
    </Frame>
  );
}
