import Link from "next/link";
import { formatDay } from "#app/_components/format-date.ts";
import { formatDuration, formatNumber, formatShare } from "#app/_components/format-number.ts";
import { LevelBlocks, ProvenanceMark, ShareBar, VerdictMark } from "#app/_components/marks.tsx";
import type { TraceRow } from "#server/dossier/trace-project.ts";

type CellProps = { row: TraceRow; base: string };

/** Margins under 10 % are fragile and under 25 % close: the two ticks on every margin bar. */
const MARGIN_TICKS = [0.1, 0.25];

export function AnswerCell({ row, base }: CellProps) {
  const { answer } = row;
  if (answer === null) {
    return (
      <Cell head="Business answer" href={`${base}/brief`} thread="open">
        <em>unknown</em>
        <span className="second-line">no answer moves this layer yet</span>
      </Cell>
    );
  }
  const isConfirmed = answer.source === "user" || answer.source === "measured";
  return (
    <Cell
      head="Business answer"
      href={`${base}/brief?q=${answer.questionId}`}
      thread={isConfirmed ? "settled" : "open"}
    >
      {answer.text}
      <span className="id">{answer.said}</span>
      <ProvenanceMark
        source={answer.source}
        {...(isConfirmed ? { date: formatDay(answer.answeredAt) } : { detail: "not confirmed" })}
      />
    </Cell>
  );
}

export function PickCell({ row, base }: CellProps) {
  const href = `${base}/decision/${row.layer}`;
  if (row.pick === null) {
    return (
      <Cell head="Pick, margin" href={href} thread="open">
        <em>{row.status === "blocked" ? "blocked" : row.status}</em>
        {row.tied.length > 0 && <span className="second-line">{row.tied.join(" or ")}</span>}
      </Cell>
    );
  }
  const word = `${formatShare(row.pick.margin)}${row.status === "fragile" ? " fragile" : row.pick.close ? " close" : ""}`;
  return (
    <Cell head="Pick, margin" href={href} thread="settled">
      <b>{row.pick.label}</b>
      <span className="id">{row.pick.id}</span>
      <ShareBar share={row.pick.margin} ticks={MARGIN_TICKS} word={word} />
      {row.pick.teamPick && <span className="second-line">this team: {row.pick.teamPick}</span>}
    </Cell>
  );
}

export function GapCell({ row, base }: CellProps) {
  const [worst] = row.gaps;
  const href = worst ? `${base}/team?skill=${worst.skillId}#skill` : `${base}/team`;
  if (worst === undefined) {
    return (
      <Cell head="Skill gap" href={href} thread="open">
        <em>{row.pick === null ? "after the pick" : "no skill asked for"}</em>
      </Cell>
    );
  }
  const isAssessed = worst.held !== null;
  const isShort = isAssessed && worst.short > 0;
  const thread = isShort ? "broken open" : !isAssessed ? "open" : worst.holders === 1 ? "thin" : "settled";
  return (
    <Cell head="Skill gap" href={href} thread={thread}>
      {row.gaps.map((gap, at) => (
        <span key={gap.skillId} className={at > 0 ? "also" : undefined}>
          {gap.skill}
          <br />
          <LevelBlocks needs={gap.needs} held={gap.held} />
          <GapWords gap={gap} />
        </span>
      ))}
    </Cell>
  );
}

function GapWords({ gap }: { gap: TraceRow["gaps"][number] }) {
  const { skillId, needs, held, short, holders } = gap;
  if (held === null) {
    return (
      <span className="second-line">
        {skillId}, needs {needs}, <em>not assessed</em>
      </span>
    );
  }
  return (
    <span className="second-line">
      {skillId}, needs {needs}, held {held}
      <br />
      {short > 0 ? <span className="short">short {short}</span> : holders === 1 ? "one holder" : null}
    </span>
  );
}

export function InterviewCell({ row, base }: CellProps) {
  if (row.interview === null) {
    return (
      <Cell head="Question to ask" href={`${base}/team`} thread="open">
        <em>none yet</em>
      </Cell>
    );
  }
  return (
    <Cell
      head="Question to ask"
      href={`${base}/team?skill=${row.gaps[0]?.skillId ?? ""}#skill`}
      thread="settled"
    >
      <span className="quote">{row.interview.prompt}</span>
      <span className="id">{row.interview.id}</span>
    </Cell>
  );
}

export function TaskCell({ row, base }: CellProps) {
  if (row.task === null) {
    return (
      <Cell head="Pilot task" href={`${base}/plan`} thread="open">
        <em>no task</em>
      </Cell>
    );
  }
  const { id, title, status } = row.task;
  const isSettled = status === "done" || status === "waived";
  return (
    <Cell head="Pilot task" href={`${base}/plan#${id}`} thread={isSettled ? "settled" : "open"}>
      {title}
      <span className="id keep">{id}</span>
      {status !== "done" && <span className="second-line">{TASK_WORDS[status]}</span>}
    </Cell>
  );
}

const TASK_WORDS = { todo: "to do", doing: "doing", blocked: "blocked", done: "done", waived: "waived" };

export function GateCell({ row, base }: CellProps) {
  if (row.gate === null) {
    return (
      <Cell head="Gate" href={`${base}/plan`} thread="open">
        <em>none</em>
      </Cell>
    );
  }
  const { id, day, date, outcome } = row.gate;
  return (
    <Cell head="Gate" href={`${base}/plan#${id}`} thread={outcome ? "settled" : "open"}>
      <b>D{day}</b>
      <span className="second-line">
        {outcome?.replaceAll("_", " ") ?? (date ? formatDay(date) : "no date")}
      </span>
    </Cell>
  );
}

export function MeasuredCell({ row, base }: CellProps) {
  const { measured } = row;
  const href = `${base}/benchmark${measured.kind === "contradicted" ? "#offers" : ""}`;
  if (measured.kind === "not_run" || measured.kind === "no_target") {
    return (
      <Cell head="Measured" href={href} thread="dashed">
        <VerdictMark verdict="not_judged" word={measured.kind === "not_run" ? "not run" : "no target"} />
      </Cell>
    );
  }
  if (measured.kind === "measured_answer") {
    return (
      <Cell head="Measured" href={href} thread="settled">
        <ProvenanceMark source="measured" />
        <span className="id">{measured.said}</span>
      </Cell>
    );
  }
  if (measured.kind === "contradicted") {
    return (
      <Cell head="Measured" href={href} thread="open">
        <VerdictMark verdict="contradicted" />
        <span className="second-line">
          measured <code>{measured.to}</code>, the brief says <code>{measured.from}</code>
        </span>
      </Cell>
    );
  }
  const sign = measured.target.comparison === "gt" ? ">" : "<";
  return (
    <Cell head="Measured" href={href} thread={measured.outcome === "inconclusive" ? "open" : "settled"}>
      <VerdictMark verdict={measured.outcome} />
      <br />
      {METRIC_NAMES[measured.metric]}{" "}
      {measured.value === null ? "unknown" : say(measured.metric, measured.value)}
      <span className="second-line">
        bound {measured.bound === null ? "none" : say(measured.metric, measured.bound)}
        <br />
        target {sign} {say(measured.metric, measured.target.value)}
      </span>
    </Cell>
  );
}

const METRIC_NAMES = {
  answer_accuracy: "right",
  refusal_accuracy: "refusals right",
  precision_at_k: "precision at k",
  recall_at_k: "recall at k",
  mrr: "MRR",
  ndcg_at_k: "nDCG at k",
  latency_p50_ms: "p50",
  latency_p95_ms: "p95",
  latency_p99_ms: "p99",
  error_share: "errors",
  throughput_rps: "a second",
  usd_per_1k: "per 1 000",
} satisfies Record<Extract<TraceRow["measured"], { kind: "verdict" }>["metric"], string>;

function say(metric: keyof typeof METRIC_NAMES, value: number): string {
  if (metric.endsWith("_ms")) return formatDuration(value);
  if (metric.endsWith("accuracy") || metric === "error_share") return formatShare(value, { digits: 1 });
  if (metric === "usd_per_1k") return formatNumber(value, { digits: 2, unit: "USD" });
  return formatNumber(value, { digits: 2 });
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
