import { LinkButton } from "./_components/button.tsx";
import { Frame, Sheet } from "./_components/frame.tsx";
import { SheetHead } from "./_components/sheet-head.tsx";
import { ThemeSwitch } from "./_components/theme-switch.tsx";

export default function NotFound() {
  return (
    <Frame tools={<ThemeSwitch />}>
      <Sheet>
        <title>Nothing here · Pilotage</title>
        <SheetHead
          question="Nothing stands at this address"
          lead="The project may have been deleted, or the address has a typing mistake. Nothing was changed."
        />
        <div className="actions">
          <LinkButton weight="primary" href="/">
            All projects
          </LinkButton>
        </div>
      </Sheet>
    </Frame>
  );
}
