import type { Metadata } from "next";
import Link from "next/link";
import { Frame, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { ThemeSwitch } from "#app/_components/theme-switch.tsx";
import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import "./rules.css";

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await readWords("standards");
  return { title: say("editor.title") };
}

/** Weights and thresholds of the rules, to argue with: what a change would decide is seen before it is in force. */
export default async function RulesPage() {
  const { say } = await readWords("standards");
  const { version, changelog, layers, rules } = await (await caller()).standards.rules();
  return (
    <WordsFor rooms={["standards"]}>
      <Frame
        where={
          <>
            <Link href="/standards">{say("title")}</Link> <b>{say("editor.title")}</b>
          </>
        }
        tools={<ThemeSwitch />}
      >
        <Sheet>
          <SheetHead question={say("editor.question")} lead={say("editor.lead", { version })} />
          <RuleEditor key={version} version={version} layers={layers} rules={rules} />
        </Sheet>
        <Margin>
          <Note title={say("editor.points.title")}>{say("editor.points.said")}</Note>
          <Note title={say("editor.log")}>
            {[...changelog].reverse().map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Note>
        </Margin>
      </Frame>
    </WordsFor>
  );
}
