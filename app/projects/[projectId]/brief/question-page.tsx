import Link from "next/link";
import { formatDateTime } from "#app/_components/format-date.ts";
import { Margin, Sheet } from "#app/_components/frame.tsx";
import { ProvenanceMark } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { AnswerForm } from "./answer-form.tsx";
import type { Brief, BriefItem, HistoryEntry } from "./brief-data.ts";
import { type Path, writeHref } from "./order-path.ts";
import { UndoAnswer } from "./undo-answer.tsx";

/** One question: why it is asked, the answer, and beside it what hangs on it and what was answered before. */
export function QuestionPage(props: {
  brief: Brief;
  item: BriefItem;
  history: HistoryEntry[];
  base: string;
  path: Path;
  next: string | null;
}) {
  const { brief, item, history, base, path, next } = props;
  const { question, answer } = item;
  const asked = brief.items.filter((one) => !one.question.measuredOnly);
  const answered = asked.filter((one) => one.answer !== null).length;
  const back = path.from ? writeHref(base, path.from, { from: null, skipped: path.skipped }) : base;
  const skipped = path.skipped.includes(question.id) ? path.skipped : [...path.skipped, question.id];
  return (
    <>
      <Sheet>
        <div className="brief-progress">
          <Link className="act" href={back}>
            {path.from ? "Back" : "All questions"}
          </Link>
          <span className="second">
            {answered} of {asked.length} answered
          </span>
          <svg
            width="100%"
            height="3"
            viewBox={`0 0 ${asked.length} 3`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path d={`M0 1.5H${asked.length}`} className="stroke-hair" strokeWidth="3" />
            <path d={`M0 1.5H${answered}`} className="stroke-ink" strokeWidth="3" />
          </svg>
        </div>
        <SheetHead question={question.ask} lead={question.help} />
        {question.measuredOnly ? (
          <p className="prose brief-measured">
            {item.words ?? <i>not measured</i>}. Only a benchmark answers this: run it and accept what it
            measured.
          </p>
        ) : (
          <AnswerForm
            key={question.id}
            projectId={brief.project.id}
            question={question}
            initial={answer}
            onward={next ? writeHref(base, next, { from: question.id, skipped: path.skipped }) : base}
            onwardSkipping={next ? writeHref(base, next, { from: question.id, skipped }) : base}
          />
        )}
      </Sheet>
      <Margin>
        <Note title="What hangs on it">
          <p>{describeReach(brief, question.id)}</p>
          <p className="source">
            Read by the rules as <code>{question.id}</code>.
          </p>
        </Note>
        {item.inferred && (
          <Note title="Inferred meanwhile" source={<ProvenanceMark source="inferred" />}>
            <p>
              {item.inferred.words}. {item.inferred.because}
            </p>
          </Note>
        )}
        <Note title="What was answered">
          {history.length === 0 ? (
            <p>Nothing yet.</p>
          ) : (
            <ol className="brief-history">
              {history.slice(0, 6).map((entry) => (
                <li key={entry.answeredAt + entry.words}>
                  {entry.words}
                  <span className="second">
                    <ProvenanceMark source={entry.source} /> {formatDateTime(entry.answeredAt)}
                  </span>
                </li>
              ))}
            </ol>
          )}
          {history.length > 1 && !question.measuredOnly && (
            <UndoAnswer projectId={brief.project.id} questionId={question.id} to={history[1]?.words ?? ""} />
          )}
        </Note>
        {!question.measuredOnly && (
          <Note title="Keys">
            <p className="brief-keys">
              {question.type !== "number" && (
                <>
                  <kbd>1</kbd> to{" "}
                  <kbd>{question.type === "bool" ? 3 : Math.min(9, question.options.length + 1)}</kbd> choose,{" "}
                </>
              )}
              <kbd>U</kbd> I don't know, <kbd>Enter</kbd> goes on.
            </p>
          </Note>
        )}
      </Margin>
    </>
  );
}

function describeReach({ order }: Brief, id: string): string {
  const layers = order.find((one) => one.question === id)?.layers ?? [];
  if (layers.length === 0) {
    return "As things stand, no single answer to it changes a pick. Together with others it may.";
  }
  return `${layers.join(", ")}: with another answer ${layers.length === 1 ? "it" : "they"} would end differently.`;
}
