import Link from "next/link";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { AnswerForm } from "./answer-form.tsx";
import type { Brief, BriefItem, HistoryEntry } from "./brief-data.ts";
import { type Path, stepBack, stepOn, writeHref } from "./order-path.ts";
import { UndoAnswer } from "./undo-answer.tsx";

type Words = { say: SayOf<"brief">; format: Format };

/** Older answers fold away behind a word. */
const SHOWN_AT_ONCE = 5;

/** One question: why it is asked, the answer, and beside it what hangs on it and what was answered before. */
export async function QuestionPage(props: {
  brief: Brief;
  item: BriefItem;
  history: HistoryEntry[];
  base: string;
  path: Path;
  next: string | null;
}) {
  const words = await readWords("brief");
  const { say } = words;
  const { brief, item, history, base, path, next } = props;
  const { question, answer } = item;
  const asked = brief.items.filter((one) => !one.question.measuredOnly);
  const answered = asked.filter((one) => one.answer !== null).length;
  const confirmed = asked.filter((one) => one.answer && one.answer.source !== "preset").length;
  const before = stepBack(path);
  const back = before ? writeHref(base, before.question, before.path) : base;
  const onward = stepOn(path, question.id);
  const skipped = path.skipped.includes(question.id) ? path.skipped : [...path.skipped, question.id];
  return (
    <>
      <Sheet>
        <div className="brief-progress">
          <Link className="act" href={back}>
            {before ? say("back") : say("allQuestions")}
          </Link>
          <span className="second">
            {say("progress", {
              answered: String(answered),
              asked: String(asked.length),
              confirmed: String(confirmed),
            })}
          </span>
          <svg
            width="100%"
            height="3"
            viewBox={`0 0 ${asked.length} 3`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path d={`M0 1.5H${asked.length}`} className="stroke-hair" strokeWidth="3" />
            <path d={`M0 1.5H${answered}`} className="stroke-heat-3" strokeWidth="3" />
            <path d={`M0 1.5H${confirmed}`} className="stroke-ink" strokeWidth="3" />
          </svg>
        </div>
        <SheetHead question={question.ask} lead={question.help} />
        {question.measuredOnly ? (
          <p className="prose brief-measured">
            {item.words === null
              ? say.rich("onlyMeasured.open", { i: (words) => <i>{words}</i> })
              : say("onlyMeasured.known", { words: item.words })}
          </p>
        ) : (
          <AnswerForm
            key={question.id}
            projectId={brief.project.id}
            question={question}
            initial={answer}
            back={back}
            onward={next ? writeHref(base, next, onward) : base}
            onwardSkipping={next ? writeHref(base, next, { ...onward, skipped }) : base}
          />
        )}
      </Sheet>
      <Margin>
        <Note title={say("reach.title")}>
          <p>{describeReach(brief, question.id, say)}</p>
          <p className="source">
            {say.rich("reach.id", { id: question.id, code: (id) => <code>{id}</code> })}
          </p>
        </Note>
        {item.inferred && (
          <Note title={say("inferred")} source={<ProvenanceMark source="inferred" />}>
            <p>
              {item.inferred.words}. {item.inferred.because}
            </p>
          </Note>
        )}
        <Note title={say("history.title")}>
          {history.length === 0 ? (
            <p>{say("history.empty")}</p>
          ) : (
            <ol className="brief-history">
              {history.slice(0, SHOWN_AT_ONCE).map((entry) => (
                <HistoryItem key={entry.answeredAt + entry.words} entry={entry} words={words} />
              ))}
            </ol>
          )}
          {history.length > SHOWN_AT_ONCE && (
            <details>
              <summary className="act">
                {say("history.older", { count: history.length - SHOWN_AT_ONCE })}
              </summary>
              <ol className="brief-history">
                {history.slice(SHOWN_AT_ONCE).map((entry) => (
                  <HistoryItem key={entry.answeredAt + entry.words} entry={entry} words={words} />
                ))}
              </ol>
            </details>
          )}
          {history.length > 1 && !question.measuredOnly && (
            <UndoAnswer projectId={brief.project.id} questionId={question.id} to={history[1]?.words ?? ""} />
          )}
        </Note>
        {!question.measuredOnly && (
          <Note title={say("keys.title")}>
            <p className="brief-keys">
              {question.type === "number"
                ? say.rich("keys.number", { kbd })
                : say.rich("keys.choices", {
                    kbd,
                    last: question.type === "bool" ? "3" : String(Math.min(9, question.options.length + 1)),
                  })}
            </p>
          </Note>
        )}
      </Margin>
    </>
  );
}

/** One answer of the history: nothing is ever taken out of it. */
function HistoryItem({ entry, words }: { entry: HistoryEntry; words: Words }) {
  const { say, format } = words;
  return (
    <li>
      {entry.words}
      <span className="second">
        <ProvenanceMark source={entry.source} /> {entry.by ? say("history.by", { person: entry.by }) : null}{" "}
        {format.dateTime(entry.answeredAt)}
      </span>
      {entry.note && <span className="second">{entry.note}</span>}
    </li>
  );
}

const kbd = (key: React.ReactNode) => <kbd>{key}</kbd>;

function describeReach({ order }: Brief, id: string, say: SayOf<"brief">): string {
  const layers = order.find((one) => one.question === id)?.layers ?? [];
  if (layers.length === 0) return say("reach.none");
  return say("reach.layers", { layers: layers.join(", "), count: layers.length });
}
