import Link from "next/link";
import { LinkButton } from "#app/_components/button.tsx";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import { type QuestionGroup, UNKNOWN } from "#server/brief/schema.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { Brief, BriefItem } from "./brief-data.ts";
import type { ListedEntry } from "./entry-points/entry-data.ts";
import { ProjectName } from "./project-name.tsx";

const GROUPS: QuestionGroup[] = ["goal", "workload", "data", "model", "risk", "team", "measured"];

type Words = { say: SayOf<"brief">; format: Format };

/** All questions with their answers, where each answer came from, and the one that is most worth answering next. */
export async function Overview(props: {
  brief: Brief;
  base: string;
  next: string | null;
  candidates: ListedEntry[];
}) {
  const { brief, base, next, candidates } = props;
  const words = await readWords("brief");
  const { say } = words;
  const asked = brief.items.filter((item) => !item.question.measuredOnly);
  const nextItem = brief.items.find((item) => item.question.id === next);
  return (
    <>
      <Sheet>
        <SheetHead question={say("question")} lead={describeLead(asked, nextItem, say)} />
        <div className="actions">
          {next ? (
            <LinkButton weight="primary" href={`${base}?q=next`} prefetch={false}>
              {asked.every((item) => item.answer === null) ? say("start") : say("answerNext")}
            </LinkButton>
          ) : (
            <LinkButton weight="primary" href={base.replace(/brief$/, "decision")}>
              {say("seeDecision")}
            </LinkButton>
          )}
        </div>
        {GROUPS.map((group) => (
          <Section key={group} id={group} title={say(`group.${group}`)}>
            <AnswerTable
              title={say(`group.${group}`)}
              words={words}
              items={brief.items.filter((item) => item.question.group === group)}
              base={base}
            />
          </Section>
        ))}
      </Sheet>
      <Margin>
        <Note title={say("entry.title")}>
          <p>{describeEntry(candidates, say)}</p>
          <p>
            <Link className="act" prefetch={false} href={`${base}/entry-points`}>
              {say(candidates.some((one) => one.chosen) ? "entry.look" : "entry.choose")}
            </Link>
          </p>
        </Note>
        <Note title={say("sources")}>
          <ul className="brief-sources">
            {(["user", "preset", "measured"] as const).map((source) => (
              <li key={source}>
                <ProvenanceMark source={source} />{" "}
                {brief.items.filter((item) => item.answer?.source === source).length}
              </li>
            ))}
          </ul>
        </Note>
        <Note title={say("unknowns.title")}>
          <p>{say("unknowns.said")}</p>
        </Note>
        <ProjectName project={brief.project} />
      </Margin>
    </>
  );
}

function AnswerTable(props: { title: string; items: BriefItem[]; base: string; words: Words }) {
  const { title, items, base, words } = props;
  const { say, format } = words;
  return (
    <table className="stack brief-answers">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{say("column.question")}</th>
          <th scope="col">{say("column.answer")}</th>
          <th scope="col">{say("column.source")}</th>
          <th scope="col">
            <span className="sr-only">{say("column.change")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.question.id}>
            <th scope="row">{item.question.name}</th>
            <td data-head={say("column.answer")}>
              <AnswerWords item={item} say={say} />
            </td>
            <td data-head={say("column.source")}>
              {item.answer && (
                <ProvenanceMark source={item.answer.source} date={format.day(item.answer.answeredAt)} />
              )}
              {!item.answer && item.inferred && <ProvenanceMark source="inferred" />}
            </td>
            <td className="no-print">
              <Link className="act" href={`${base}?q=${item.question.id}`} prefetch={false}>
                {say(`link.${nameLink(item)}`)}
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
function AnswerWords({ item, say }: { item: BriefItem; say: Words["say"] }) {
  if (item.inferred) return <i>{item.inferred.words}</i>;
  if (item.answer === null)
    return (
      <i className="quiet">
        {item.question.measuredOnly ? say("open.notMeasured") : say("open.notAnswered")}
      </i>
    );
  return item.answer.value === UNKNOWN ? <i>{say("value.unknown")}</i> : item.words;
}

function nameLink({ answer, question }: BriefItem): "about" | "answer" | "change" {
  if (question.measuredOnly) return "about";
  return answer === null ? "answer" : "change";
}

function describeEntry(candidates: ListedEntry[], say: Words["say"]): string {
  const chosen = candidates.find((one) => one.chosen);
  if (!chosen) return say("entry.none", { count: candidates.length });
  return say("entry.chosen", { title: chosen.title, missing: chosen.missing.length });
}

function describeLead(asked: BriefItem[], next: BriefItem | undefined, say: Words["say"]): string {
  const open = asked.filter((item) => item.answer === null).length;
  const preset = asked.filter((item) => item.answer?.source === "preset").length;
  if (open === asked.length) return say("lead.nothing", { count: asked.length });
  return [
    open === 0 ? say("lead.allAnswered") : say("lead.open", { count: open, asked: String(asked.length) }),
    preset > 0 && say("lead.preset", { count: preset }),
    next && say("lead.next", { ask: next.question.ask }),
  ]
    .filter(Boolean)
    .join(" ");
}
