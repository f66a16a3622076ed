import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { AnswerRows, EntryRows, PickRows } from "./compared-tables.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("home")).say("compare.title") };
}

type Props = { searchParams: Promise<{ a?: string | string[]; b?: string | string[] }> };

/** Two projects side by side. Without two of them, the form that chooses them. */
export default async function ComparePage({ searchParams }: Props) {
  const query = await searchParams;
  const [a, b] = [query.a, query.b].map((id) => (typeof id === "string" ? id : "")) as [string, string];
  const api = await caller();
  const names = await api.projects.names();
  const found = a && b && a !== b ? await orNotFound(api.projects.compare({ a, b })) : null;
  const { say } = await readWords("home");
  const counts = found && {
    answers: found.answers.filter((row) => row.differs).length,
    layers: found.layers.filter((row) => row.differs).length,
  };
  const lead =
    found === null || counts === null
      ? say("compare.choose")
      : counts.answers + counts.layers === 0
        ? say("compare.same", { a: found.a.name, b: found.b.name })
        : say("compare.lead", counts);
  const options = [
    { value: "", label: say("compare.pick") },
    ...names.map(({ id, name, archived }) => ({
      value: id,
      label: archived ? say("compare.archived", { name }) : name,
    })),
  ];
  return (
    <WordsFor rooms={["home"]}>
      <Frame where={<b>{say("compare.title")}</b>} tools={<ThemeSwitch />}>
        <Sheet>
          <SheetHead question={say("compare.question")} lead={lead} />
          <form className="no-print mt-5" action="/compare">
            <div className="flex flex-wrap gap-x-7 gap-y-3">
              <div className="min-w-0">
                <SelectField label={say("compare.first")} name="a" defaultValue={a} options={options} />
              </div>
              <div className="min-w-0">
                <SelectField label={say("compare.second")} name="b" defaultValue={b} options={options} />
              </div>
            </div>
            <div className="actions">
              <Button type="submit" weight={found ? "secondary" : "primary"}>
                {say("compare.act")}
              </Button>
              {found && (
                <Link className="act" prefetch={false} href={`/compare?a=${b}&b=${a}`}>
                  {say("compare.swap")}
                </Link>
              )}
            </div>
          </form>
          {found && (
            <>
              <Section id="entry" title={say("compare.entry")}>
                <EntryRows found={found} />
              </Section>
              <Section id="picks" title={say("compare.picks")}>
                <PickRows found={found} />
              </Section>
              <Section id="answers" title={say("compare.answers")}>
                <AnswerRows found={found} />
              </Section>
            </>
          )}
        </Sheet>
        <Margin>
          <Note title={say("compare.rules.title")}>{say("compare.rules.said")}</Note>
        </Margin>
      </Frame>
    </WordsFor>
  );
}
