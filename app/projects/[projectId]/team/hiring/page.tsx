import type { Metadata } from "next";
import Link from "next/link";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { PrintButton } from "#app/_components/print-button.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { AloneTable } from "./alone-table.tsx";
import { ChooseWay } from "./choose-way.tsx";
import { FileList } from "./file-list.tsx";
import { GapTable } from "./gap-table.tsx";
import { PayForm } from "./pay-form.tsx";
import { PlanTable } from "./plan-table.tsx";
import "../hiring.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("hiring")).say("title") };
}

/** Printed, this page is all that a hiring manager needs. */
export default async function HiringPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const words = await readWords("hiring");
  const { say, format } = words;
  const api = await caller();
  const plan = await orNotFound(api.hiring.read({ projectId }));
  const base = `/projects/${plan.project.id}/team`;
  const open = plan.hiring.gaps.filter((gap) => gap.severity !== "low" || gap.closing);
  return (
    <WordsFor rooms={["hiring"]}>
      <Sheet>
        <SheetHead
          question={say("question")}
          lead={say("lead", {
            gaps: open.length,
            lines: plan.hiring.lines.length,
            late: plan.hiring.lines.filter((line) => line.late).length,
          })}
        />
        <nav className="hiring-links no-print">
          <Link className="act" href={base} prefetch={false}>
            {say("back")}
          </Link>
          <Link className="act" href={`${base}/interview`} prefetch={false}>
            {say("toKit")}
          </Link>
          <PrintButton />
        </nav>
        <Section id="plan" title={say("plan.title")}>
          <PlanTable plan={plan} words={words} />
        </Section>
        <Section id="gaps" title={say("gaps.title")}>
          <GapTable plan={plan} words={words} />
        </Section>
        <div className="no-print">
          <Section id="choose" title={say("choose.title")}>
            <ChooseWay
              projectId={plan.project.id}
              gaps={plan.hiring.gaps.map(({ skillId, closing }) => ({
                skillId,
                name: plan.names[skillId] ?? "",
                action: closing?.action ?? null,
                chosen: closing?.chosen ?? false,
              }))}
            />
          </Section>
        </div>
        <Section id="pay" title={say("pay.title")}>
          <PayForm
            projectId={plan.project.id}
            version={plan.version}
            pay={plan.pay}
            roles={plan.roles}
            asOf={plan.asOf}
          />
        </Section>
        {plan.hiring.coverage && (
          <Section id="alone" title={say("alone.title")}>
            <AloneTable plan={plan} words={words} />
          </Section>
        )}
        <Section id="assumptions" title={say("assumptions")}>
          <ul className="prose plain-list">
            {plan.hiring.assumptions.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      </Sheet>
      <Margin>
        <FileList plan={plan} words={words} />
        <Note title={say("care.title")}>
          <p>{say("care.text")}</p>
        </Note>
      </Margin>
      <Foot left={say("foot")} right={say("asOf", { day: format.day(plan.asOf, { year: true }) })} />
    </WordsFor>
  );
}
