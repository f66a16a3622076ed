import type { Metadata } from "next";
import Link from "next/link";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { CatalogueEditor } from "./catalogue-editor.tsx";
import "./skills.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("standards")).say("skillEditor.title") };
}

/** The skills and roles that the workspace measures by: edit them here, or take an edited file. */
export default async function SkillsPage() {
  const { say, format } = await readWords("standards");
  const { catalogue, shipped, versions, onet } = await (await caller()).catalogue.read();
  return (
    <WordsFor rooms={["standards"]}>
      <Frame
        where={
          <>
            <Link className="act" href="/standards" prefetch={false}>
              {say("title")}
            </Link>{" "}
            / <b>{say("skillEditor.title")}</b>
          </>
        }
        tools={<ThemeSwitch />}
      >
        <Sheet>
          <SheetHead
            question={say("skillEditor.question")}
            lead={say("skillEditor.lead", {
              version: catalogue.version,
              skills: catalogue.skills.length,
              roles: catalogue.roles.length,
              own: String(catalogue.version !== shipped),
            })}
          />
          <p className="editor-links">
            <a className="act" href="/api/standards/skills" download>
              {say("download")}
            </a>
            <a className="act" href="/api/standards/skills.csv" download>
              {say("skillEditor.downloadCsv")}
            </a>
          </p>
          <CatalogueEditor key={catalogue.version} catalogue={catalogue} />
          <Section id="log" title={say("skillEditor.log.title")}>
            {versions.length === 0 ? (
              <p className="prose">{say("skillEditor.log.none", { shipped })}</p>
            ) : (
              <Table
                caption={say("skillEditor.log.title")}
                columns={[
                  { head: say("version") },
                  { head: say("skillEditor.log.day") },
                  { head: say("skillEditor.log.by") },
                ]}
                rows={versions.map(({ version, at, by }) => ({
                  key: version,
                  cells: [version, format.day(at, { year: true }), by],
                }))}
              />
            )}
          </Section>
        </Sheet>
        <Margin>
          <Note title={say("why.title")}>{say("why.said")}</Note>
          <Note title={say("skillEditor.levels.title")}>{say("skillEditor.levels.said")}</Note>
          <Note title={say("skillEditor.onet")} source={onet.licence}>
            {onet.attribution}
          </Note>
        </Margin>
      </Frame>
    </WordsFor>
  );
}
