import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { formatDay } from "#app/_components/format-date.ts";
import { formatCount } from "#app/_components/format-number.ts";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { type QuestionGroup, UNKNOWN } from "#server/brief/schema.ts";
import type { Brief, BriefItem } from "./brief-data.ts";
import { ProjectName } from "./project-name.tsx";

const GROUPS: [QuestionGroup, string][] = [
  ["goal", "What it is for"],
  ["workload", "What it has to carry"],
  ["data", "Documents and data"],
  ["model", "The model and its price"],
  ["risk", "What it may do, and where"],
  ["team", "Team, time and money"],
  ["measured", "What a benchmark measured"],
];

/** All questions with their answers, where each answer came from, and the one that is most worth answering next. */
export function Overview({ brief, base, next }: { brief: Brief; base: string; next: string | null }) {
  const asked = brief.items.filter((item) => !item.question.measuredOnly);
  const nextItem = brief.items.find((item) => item.question.id === next);
  return (
    <>
      <Sheet>
        <SheetHead question="What do we know about it?" lead={describeLead(asked, nextItem)} />
        <div className="actions">
          {next ? (
            <LinkButton weight="primary" href={`${base}?q=next`} prefetch={false}>
              {asked.every((item) => item.answer === null)
                ? "Start with the questions"
                : "Answer the next question"}
            </LinkButton>
          ) : (
            <LinkButton weight="primary" href={base.replace(/brief$/, "decision")}>
              See the decision
            </LinkButton>
          )}
        </div>
        {GROUPS.map(([group, title]) => (
          <Section key={group} id={group} title={title}>
            <AnswerTable
              title={title}
              items={brief.items.filter((item) => item.question.group === group)}
              base={base}
            />
          </Section>
        ))}
      </Sheet>
      <Margin>
        <Note title="Where the answers come from">
          <ul className="brief-sources">
            {(["user", "preset", "measured"] as const).map((source) => (
              <li key={source}>
                <ProvenanceMark source={source} />{" "}
                {brief.items.filter((item) => item.answer?.source === source).length}
              </li>
            ))}
          </ul>
        </Note>
        <Note title="Not known counts">
          <p>
            An answer nobody has is never guessed. The decision lists the rules that wait for it and what they
            could change.
          </p>
        </Note>
        <ProjectName project={brief.project} />
      </Margin>
    </>
  );
}

function AnswerTable({ title, items, base }: { title: string; items: BriefItem[]; base: string }) {
  return (
    <table className="stack brief-answers">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col">Answer</th>
          <th scope="col">Source</th>
          <th scope="col">
            <span className="sr-only">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.question.id}>
            <th scope="row">{item.question.name}</th>
            <td data-head="Answer">
              <AnswerWords item={item} />
            </td>
            <td data-head="Source">
              {item.answer && (
                <ProvenanceMark source={item.answer.source} date={formatDay(item.answer.answeredAt)} />
              )}
              {!item.answer && item.inferred && <ProvenanceMark source="inferred" />}
            </td>
            <td className="no-print">
              <Link className="act" href={`${base}?q=${item.question.id}`} prefetch={false}>
                {linkWord(item)}
                <span className="sr-only"> {item.question.name}</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Italic: claimed, inferred or unknown. Roman: said or measured. */
function AnswerWords({ item }: { item: BriefItem }) {
  if (item.inferred) return <i>{item.inferred.words}</i>;
  if (item.answer === null)
    return <i className="quiet">{item.question.measuredOnly ? "not measured" : "not answered"}</i>;
  return item.answer.value === UNKNOWN ? <i>not known</i> : item.words;
}

function linkWord({ answer, question }: BriefItem): string {
  if (question.measuredOnly) return "About";
  return answer === null ? "Answer" : "Change";
}

function describeLead(asked: BriefItem[], next: BriefItem | undefined): string {
  const open = asked.filter((item) => item.answer === null).length;
  const preset = asked.filter((item) => item.answer?.source === "preset").length;
  if (open === asked.length)
    return `Nothing yet. ${formatCount(asked.length, "question")} lead to a pick per layer; start with the one that decides most.`;
  const state =
    open === 0
      ? "Every question has an answer."
      : `${formatCount(open, "question")} of ${asked.length} are open.`;
  const source =
    preset > 0
      ? ` ${formatCount(preset, "answer")} came with the preset and ${preset === 1 ? "waits" : "wait"} for your word.`
      : "";
  return `${state}${source}${next ? ` Next worth answering: “${next.question.ask}”` : ""}`;
}
