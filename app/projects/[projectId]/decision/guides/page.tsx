import type { Metadata } from "next";
import Link from "next/link";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import "../decision.css";

type Props = { params: Promise<{ projectId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("choice")).say("guides.title") };
}

/** Claims as claims, each with its status, and what the guides teach beside the rules. */
export default async function GuidesPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const { project } = await orNotFound(api.decision.read({ projectId }));
  const { claims, lessons, sources } = await api.decision.readGuides();
  const [{ say }, { say: sayDecision }] = [await readWords("choice"), await readWords("decision")];
  const titleOf = (id: string) => {
    const source = sources.find((one) => one.id === id);
    return source ? `${source.title} (${source.date})` : id;
  };
  const count = (status: string) => claims.filter((claim) => claim.status === status).length;
  return (
    <>
      <Sheet>
        <SheetHead
          question={say("guides.question")}
          lead={say("guides.lead", {
            claims: String(claims.length),
            contradicted: String(count("contradicted")),
          })}
        />
        {lessons.map(({ id, title, reading, columns, rows, sources: from }) => (
          <Section key={id} id={id} title={title}>
            <p className="reading">{reading}</p>
            <Table
              caption={title}
              columns={columns.map((head) => ({ head }))}
              rows={rows.map((cells) => ({ key: cells[0] ?? "", cells }))}
            />
            <p className="source decision-after">{from.map(titleOf).join("; ")}</p>
          </Section>
        ))}
        <Section id="claims" title={say("guides.claims")}>
          <Table
            caption={say("guides.claims")}
            columns={(["claim", "by", "status", "test"] as const).map((head) => ({
              head: say(`guides.${head}`),
            }))}
            rows={claims.map(({ id, text, source, status, test }) => ({
              key: id,
              cells: [
                <i key="text">{text}</i>,
                titleOf(source),
                say(`claimStatus.${status}`),
                test ?? (
                  <span key="test" className="quiet">
                    {say("guides.untested")}
                  </span>
                ),
              ],
            }))}
          />
        </Section>
      </Sheet>
      <Margin>
        <Note title={project.name}>
          <p>
            <Link className="act" href={`/projects/${projectId}/decision`} prefetch={false}>
              {say("guides.back")}
            </Link>
          </p>
        </Note>
      </Margin>
      <Foot left={sayDecision("foot.left")} right="" />
    </>
  );
}
