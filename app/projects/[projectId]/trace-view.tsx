import Link from "next/link";
import { LevelBlocks, ProvenanceMark, VerdictMark } from "#app/_components/marks.tsx";
import type { TraceRow } from "#server/dossier/trace-project.ts";
import {
  AnswerCell,
  GapCell,
  GateCell,
  InterviewCell,
  MeasuredCell,
  PickCell,
  TaskCell,
  type TraceWords,
} from "./trace-cells.tsx";
import "./trace.css";

/** Each column with the number of the room it comes from. */
const COLUMNS = [
  [1, "answer"],
  [2, "pick"],
  [3, "gap"],
  [3, "interview"],
  [4, "task"],
  [4, "gate"],
  [6, "measured"],
] as const;

/** One line per layer, from the business answer to the verdict. Every cell opens its object. */
export function TraceView({ rows, base, words }: { rows: TraceRow[]; base: string; words: TraceWords }) {
  const { say } = words;
  return (
    <table className="trace">
      <caption className="sr-only">{say("caption")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <div className="trace-th">
              <span className="sr-only">{say("column.layer")}</span>
            </div>
          </th>
          {COLUMNS.map(([room, name]) => (
            <th scope="col" key={name}>
              <div className="trace-th">
                <span>{room}</span>
                {say(`column.${name}`)}
              </div>
            </th>
          ))}
          <th scope="col">
            <div className="trace-th last">{say("column.change")}</div>
          </th>
        </tr>
      </thead>
      {rows.map((row) => (
        <TraceLine key={row.layer} row={row} base={base} words={words} />
      ))}
    </table>
  );
}

function TraceLine({ row, base, words }: { row: TraceRow; base: string; words: TraceWords }) {
  const { say } = words;
  const cell = { row, base, words };
  return (
    <tbody id={row.layer}>
      <tr>
        <th scope="row">
          <div className="cell layer">{row.name}</div>
        </th>
        <AnswerCell {...cell} />
        <PickCell {...cell} />
        {row.ends ? (
          <td colSpan={5}>
            <div className="cell stop">{say("ends")}</div>
          </td>
        ) : (
          <>
            <GapCell {...cell} />
            <InterviewCell {...cell} />
            <TaskCell {...cell} />
            <GateCell {...cell} />
            <MeasuredCell {...cell} />
          </>
        )}
        <td>
          <div className="trace-change">
            <span className="cell-head" aria-hidden="true">
              {say("column.change")}
            </span>
            {row.wouldChange?.sentence ?? <span className="quiet">{say("noChange")}</span>}
            {row.wouldChange?.rule && <span className="second block">{row.wouldChange.rule}</span>}
          </div>
        </td>
      </tr>
      {row.measured.kind === "contradicted" && <WayBack base={base} measured={row.measured} say={say} />}
    </tbody>
  );
}

type Say = TraceWords["say"];
type Contradiction = Extract<TraceRow["measured"], { kind: "contradicted" }>;

function WayBack({ base, measured, say }: { base: string; measured: Contradiction; say: Say }) {
  return (
    <tr>
      <td colSpan={9}>
        <div className="way-back">
          <svg width="9" height="8" viewBox="0 0 9 8" aria-hidden="true">
            <path d="M4.5 0 9 8H0Z" className="fill-accent" />
          </svg>
          <p>
            {say.rich("answersBack", {
              to: measured.to,
              from: measured.from,
              outlook: saySuccessor(measured, say),
              code: (value) => <code>{value}</code>,
            })}
          </p>
          <Link prefetch={false} className="act" href={`${base}/benchmark?run=${measured.runId}#offers`}>
            {say("accept")}
          </Link>
        </div>
      </td>
    </tr>
  );
}

function saySuccessor({ becomes }: Contradiction, say: Say): string {
  if (becomes === null) return say("outlook.stays");
  const { pick, teamPick } = becomes;
  return teamPick === null
    ? say("outlook.becomes", { pick })
    : say("outlook.becomesForTeam", { pick, teamPick });
}

/** The four families of marks, explained once under the trace. */
export function TraceKey({ say }: { say: Say }) {
  return (
    <div className="trace-key">
      <span>
        <svg className="mark" width="40" height="7" viewBox="0 0 40 7" aria-hidden="true">
          <path d="M0 3.5H40" className="stroke-ink" />
          <circle cx="3" cy="3.5" r="3" className="fill-ink" />
          <circle cx="26" cy="3.5" r="2.4" className="fill-paper stroke-ink" strokeWidth="1.25" />
        </svg>
        {say("key.line")}
      </span>
      <span>
        <LevelBlocks needs={3} held={1} />
        {say("key.levels")}
      </span>
      <span>
        <ProvenanceMark source="preset" />
        <ProvenanceMark source="user" />
        <ProvenanceMark source="measured" />
        {say("key.sources")}
      </span>
      <span>
        <VerdictMark verdict="pass" />
        <VerdictMark verdict="inconclusive" />
        <VerdictMark verdict="fail" />
        {say("key.verdicts")}
      </span>
    </div>
  );
}
