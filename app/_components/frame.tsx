"use client";

import Link from "next/link";
import { useWords } from "#app/_words/client.tsx";

// A project's layout draws the Frame with its spine; each page inside returns its own columns:
//
//   export default async function Page() {
//     return (
//       <>
//         <Sheet>
//           <SheetHead question="Who can build it, and who is missing?" lead="Three skills are short." />
//           <Section title="What each role needs">…</Section>
//         </Sheet>
//         <Margin>
//           <Note title="Next" source="Gate D10 is tomorrow."><p>Decide on it.</p></Note>
//         </Margin>
//         <Foot left="Scores recompute from answers and rules." right={<>rules <code>layers 1.0.0</code></>} />
//       </>
//     );
//   }
//
// `<Wide>` runs across sheet and margin. Sheet comes before Margin, so that it is read and folded in that order.
// After a mutation that changes a state or a fact of the spine call `router.refresh()`.
// Size drawings by SVG attributes, not by `style={…}`: attributes print, export and survive a strict policy.

export type FrameProps = {
  /** Where one is: workspace, project. The brand before it leads home. */
  where?: React.ReactNode;
  /** Actions and facts at the right end of the header. */
  tools?: React.ReactNode;
  spine?: React.ReactNode;
  /** Sheet, Margin, Wide and Foot, or plain content when `margin` is given. */
  children: React.ReactNode;
  /** Only for pages that are not drawn inside a layout. */
  margin?: React.ReactNode;
};

export function Frame({ where, tools, spine, children, margin }: FrameProps) {
  const { say } = useWords("common");
  return (
    <>
      <a className="skip" href="#sheet">
        {say("skip")}
      </a>
      <header className="head">
        <Link className="brand" href="/">
          Pilotage
        </Link>
        <span className="where">{where}</span>
        <div className="tools">{tools}</div>
      </header>
      <div className="frame">
        {spine}
        <main className="page" id="sheet" tabIndex={-1}>
          {margin === undefined ? (
            children
          ) : (
            <>
              <Sheet>{children}</Sheet>
              <Margin>{margin}</Margin>
            </>
          )}
        </main>
      </div>
    </>
  );
}

/** One question or one object. */
export function Sheet({ children }: { children: React.ReactNode }) {
  return <div className="sheet">{children}</div>;
}

/** Evidence only. Under 900 px it folds below the sheet. */
export function Margin({ children }: { children: React.ReactNode }) {
  const { say } = useWords("common");
  return (
    <aside className="margin" aria-label={say("evidence")}>
      {children}
    </aside>
  );
}

export function Wide({ children }: { children: React.ReactNode }) {
  return <div className="wide">{children}</div>;
}

/** What the page is computed from: versions, hashes, date. */
export function Foot({ left, right }: { left?: React.ReactNode; right?: React.ReactNode }) {
  return (
    <footer className="foot">
      <span>{left}</span>
      <span>{right}</span>
    </footer>
  );
}
