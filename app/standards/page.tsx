import type { Metadata } from "next";
import Link from "next/link";
import { Facts } from "#app/_components/facts.tsx";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { PublishForm } from "./publish-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await readWords("standards");
  return { title: say("title") };
}

/** What the workspace decides and measures by, and the way to a new version of either. */
export default async function StandardsPage() {
  const { say, format } = await readWords("standards");
  const { rules, skills } = await (await caller()).standards.read();
  const origin = ({ version, shipped }: { version: string; shipped: string }) =>
    version === shipped ? say("shipped") : say("own", { shipped });
  const download = (which: string) => (
    <a className="act" href={`/api/standards/${which}`} download>
      {say("download")}
    </a>
  );
  return (
    <WordsFor rooms={["standards"]}>
      <Frame where={<b>{say("title")}</b>} tools={<ThemeSwitch />}>
        <Sheet>
          <SheetHead
            question={say("question")}
            lead={say("lead", {
              rules: rules.version,
              rulesOwn: String(rules.version !== rules.shipped),
              expires: format.day(rules.expiresAt, { year: true }),
              skills: skills.version,
              skillsOwn: String(skills.version !== skills.shipped),
            })}
          />
          <Section
            id="rules"
            title={say("rules.title")}
            links={
              <>
                <Link className="act" href="/standards/rules">
                  {say("editRules")}
                </Link>{" "}
                {download("rules")}
              </>
            }
          >
            <Facts
              facts={[
                { name: say("version"), value: `${rules.id} ${rules.version}` },
                { name: say("origin"), value: origin(rules) },
                { name: say("expires"), value: format.day(rules.expiresAt, { year: true }) },
                {
                  name: say("contents"),
                  value: say("rules.holds", {
                    layers: format.number(rules.layers),
                    rules: format.number(rules.rules),
                  }),
                },
              ]}
            />
            <PublishForm which="rules" />
          </Section>
          <Section
            id="skills"
            title={say("skills.title")}
            links={
              <>
                <Link className="act" href="/standards/skills" prefetch={false}>
                  {say("editSkills")}
                </Link>{" "}
                {download("skills")}
              </>
            }
          >
            <Facts
              facts={[
                { name: say("version"), value: skills.version },
                { name: say("origin"), value: origin(skills) },
                {
                  name: say("contents"),
                  value: say("skills.holds", {
                    skills: format.number(skills.skills),
                    roles: format.number(skills.roles),
                  }),
                },
              ]}
            />
            <PublishForm which="skills" />
          </Section>
        </Sheet>
        <Margin>
          <Note title={say("why.title")}>{say("why.said")}</Note>
          <Note title={say("overdue.title")}>{say("overdue.said")}</Note>
        </Margin>
      </Frame>
    </WordsFor>
  );
}
