import Link from "next/link";
import { LevelBlocks, ProvenanceMark, ShareBar, VerdictMark } from "#app/_components/marks.tsx";
import type { Format } from "#app/_words/format-in.ts";
import type { TraceRow } from "#server/dossier/trace-project.ts";
import type { SayOf } from "#server/messages/say.ts";

export type TraceWords = { say: SayOf<"trace">; format: Format };
type CellProps = { row: TraceRow; base: string; words: TraceWords };

/** Margins under 10 % are fragile and under 25 % close: the two ticks on every margin bar. */
const MARGIN_TICKS = [0.1, 0.25];

export function AnswerCell({ row, base, words: { say, format } }: CellProps) {
  const { answer } = row;
  if (answer === null) {
    return (
      <Cell head={say("column.answer")} href={`${base}/brief`} thread="open">
        <em>{say("answer.unknown")}</em>
        <span className="second-line">{say("answer.moves")}</span>
      </Cell>
    );
  }
  const isConfirmed = answer.source === "user" || answer.source === "measured";
  return (
    <Cell
      head={say("column.answer")}
      href={`${base}/brief?q=${answer.questionId}`}
      thread={isConfirmed ? "settled" : "open"}
    >
      {answer.text}
      <span className="id">{answer.said}</span>
      <ProvenanceMark
        source={answer.source}
        {...(isConfirmed ? { date: format.day(answer.answeredAt) } : { detail: say("answer.notConfirmed") })}
      />
    </Cell>
  );
}

export function PickCell({ row, base, words: { say, format } }: CellProps) {
  const href = `${base}/decision/${row.layer}`;
  if (row.pick === null) {
    return (
      <Cell head={say("column.pick")} href={href} thread="open">
        <em>{say(`status.${row.status}`)}</em>
        {row.tied.length > 0 && (
          <span className="second-line">
            {row.tied.reduce((first, second) => say("either", { first, second }))}
          </span>
        )}
        <Overridden row={row} say={say} />
      </Cell>
    );
  }
  const margin = format.share(row.pick.margin);
  const word =
    row.status === "fragile"
      ? say("margin.fragile", { margin })
      : row.pick.close
        ? say("margin.close", { margin })
        : margin;
  return (
    <Cell head={say("column.pick")} href={href} thread="settled">
      {row.override ? <s className="struck">{row.pick.label}</s> : <b>{row.pick.label}</b>}
      <span className="id">{row.pick.id}</span>
      <ShareBar share={row.pick.margin} ticks={MARGIN_TICKS} word={word} />
      {row.pick.teamPick && (
        <span className="second-line">{say("thisTeam", { pick: row.pick.teamPick })}</span>
      )}
      <Overridden row={row} say={say} />
    </Cell>
  );
}

function Overridden({ row, say }: { row: TraceRow; say: TraceWords["say"] }) {
  if (row.override === null) return null;
  const { label, reason } = row.override;
  return <span className="second-line">{say("overridden", { option: label, reason })}</span>;
}

export function GapCell({ row, base, words: { say } }: CellProps) {
  const [worst] = row.gaps;
  const href = worst ? `${base}/team?skill=${worst.skillId}#skill` : `${base}/team`;
  if (worst === undefined) {
    return (
      <Cell head={say("column.gap")} href={href} thread="open">
        <em>{row.pick === null ? say("gap.afterPick") : say("gap.none")}</em>
      </Cell>
    );
  }
  const isAssessed = worst.held !== null;
  const isShort = isAssessed && worst.short > 0;
  const thread = isShort ? "broken open" : !isAssessed ? "open" : worst.holders === 1 ? "thin" : "settled";
  return (
    <Cell head={say("column.gap")} href={href} thread={thread}>
      {row.gaps.map((gap, at) => (
        <span key={gap.skillId} className={at > 0 ? "also" : undefined}>
          {gap.skill}
          <br />
          <LevelBlocks needs={gap.needs} held={gap.held} />
          <GapWords gap={gap} say={say} />
        </span>
      ))}
    </Cell>
  );
}

function GapWords({ gap, say }: { gap: TraceRow["gaps"][number]; say: TraceWords["say"] }) {
  const { held, short, holders } = gap;
  const need = { skill: gap.skillId, needs: String(gap.needs) };
  if (held === null) {
    return (
      <span className="second-line">
        {say.rich("gap.notAssessed", { ...need, em: (words) => <em>{words}</em> })}
      </span>
    );
  }
  return (
    <span className="second-line">
      {say("gap.held", { ...need, held: String(held) })}
      <br />
      {short > 0 ? (
        <span className="short">{say("gap.short", { short: String(short) })}</span>
      ) : holders === 1 ? (
        say("gap.oneHolder")
      ) : null}
    </span>
  );
}

export function InterviewCell({ row, base, words: { say } }: CellProps) {
  if (row.interview === null) {
    return (
      <Cell head={say("column.interview")} href={`${base}/team`} thread="open">
        <em>{say("noInterview")}</em>
      </Cell>
    );
  }
  return (
    <Cell
      head={say("column.interview")}
      href={`${base}/team?skill=${row.gaps[0]?.skillId ?? ""}#skill`}
      thread="settled"
    >
      <span className="quote">{row.interview.prompt}</span>
      <span className="id">{row.interview.id}</span>
    </Cell>
  );
}

export function TaskCell({ row, base, words: { say } }: CellProps) {
  if (row.task === null) {
    return (
      <Cell head={say("column.task")} href={`${base}/plan`} thread="open">
        <em>{say("noTask")}</em>
      </Cell>
    );
  }
  const { id, title, status } = row.task;
  const isSettled = status === "done" || status === "waived";
  return (
    <Cell head={say("column.task")} href={`${base}/plan#${id}`} thread={isSettled ? "settled" : "open"}>
      {title}
      <span className="id keep">{id}</span>
      {status !== "done" && <span className="second-line">{say(`task.${status}`)}</span>}
    </Cell>
  );
}

export function GateCell({ row, base, words: { say, format } }: CellProps) {
  if (row.gate === null) {
    return (
      <Cell head={say("column.gate")} href={`${base}/plan`} thread="open">
        <em>{say("noGate")}</em>
      </Cell>
    );
  }
  const { id, day, date, outcome } = row.gate;
  return (
    <Cell head={say("column.gate")} href={`${base}/plan#${id}`} thread={outcome ? "settled" : "open"}>
      <b>{say("gateDay", { day: String(day) })}</b>
      <span className="second-line">
        {outcome ? say(`outcome.${outcome}`) : date ? format.day(date) : say("noDate")}
      </span>
    </Cell>
  );
}

export function MeasuredCell({ row, base, words: { say, format } }: CellProps) {
  const { measured } = row;
  const href = `${base}/benchmark${measured.kind === "contradicted" ? "#offers" : ""}`;
  if (measured.kind === "not_run" || measured.kind === "no_target") {
    return (
      <Cell head={say("column.measured")} href={href} thread="dashed">
        <VerdictMark verdict="not_judged" word={say(`measured.${measured.kind}`)} />
      </Cell>
    );
  }
  if (measured.kind === "measured_answer") {
    return (
      <Cell head={say("column.measured")} href={href} thread="settled">
        <ProvenanceMark source="measured" />
        <span className="id">{measured.said}</span>
      </Cell>
    );
  }
  if (measured.kind === "contradicted") {
    return (
      <Cell head={say("column.measured")} href={href} thread="open">
        <VerdictMark verdict="contradicted" />
        <span className="second-line">
          {say.rich("measured.contradicted", {
            to: measured.to,
            from: measured.from,
            code: (value) => <code>{value}</code>,
          })}
        </span>
      </Cell>
    );
  }
  const value = (measure: number) => sayValue(measured.metric, measure, format);
  const sign = measured.target.comparison === "gt" ? ">" : "<";
  return (
    <Cell
      head={say("column.measured")}
      href={href}
      thread={measured.outcome === "inconclusive" ? "open" : "settled"}
    >
      <VerdictMark verdict={measured.outcome} />
      <br />
      {say(`metric.${measured.metric}`)}{" "}
      {measured.value === null ? say("measured.valueUnknown") : value(measured.value)}
      <span className="second-line">
        {say("measured.bound", {
          bound: measured.bound === null ? say("measured.noBound") : value(measured.bound),
        })}
        <br />
        {say("measured.target", { target: `${sign} ${value(measured.target.value)}` })}
      </span>
    </Cell>
  );
}

type Metric = Extract<TraceRow["measured"], { kind: "verdict" }>["metric"];

function sayValue(metric: Metric, value: number, format: Format): string {
  if (metric.endsWith("_ms")) return format.duration(value);
  if (metric.endsWith("accuracy") || metric === "error_share") return format.share(value, { digits: 1 });
  if (metric === "usd_per_1k") return format.number(value, { digits: 2, unit: "USD" });
  return format.number(value, { digits: 2 });
}

function Cell(props: { head: string; href: string; thread: string; children: React.ReactNode }) {
  const { head, href, thread, children } = props;
  return (
    <td>
      <Link prefetch={false} className={`cell ${thread}`} href={href}>
        <span className="cell-head" aria-hidden="true">
          {head}
        </span>
        {children}
      </Link>
    </td>
  );
}
