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
} from "./trace-cells.tsx";
import "./trace.css";

/** Each column with the number of the room it comes from. */
const COLUMNS: [room: number, name: string][] = [
  [1, "Business answer"],
  [2, "Pick, margin"],
  [3, "Skill gap"],
  [3, "Question to ask"],
  [4, "Pilot task"],
  [4, "Gate"],
  [6, "Measured"],
];

/** One line per layer, from the business answer to the verdict. Every cell opens its object. */
export function TraceView({ rows, base }: { rows: TraceRow[]; base: string }) {
  return (
    <table className="trace">
      <caption className="sr-only">The trace, one line per layer</caption>
      <thead>
        <tr>
          <th scope="col">
            <div className="trace-th">
              <span className="sr-only">Layer</span>
            </div>
          </th>
          {COLUMNS.map(([room, name]) => (
            <th scope="col" key={name}>
              <div className="trace-th">
                <span>{room}</span>
                {name}
              </div>
            </th>
          ))}
          <th scope="col">
            <div className="trace-th last">Would change if</div>
          </th>
        </tr>
      </thead>
      {rows.map((row) => (
        <TraceLine key={row.layer} row={row} base={base} />
      ))}
    </table>
  );
}

function TraceLine({ row, base }: { row: TraceRow; base: string }) {
  const cell = { row, base };
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
            <div className="cell stop">the line ends here</div>
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
              Would change if
            </span>
            {row.wouldChange?.sentence ?? <span className="quiet">no single answer</span>}
            {row.wouldChange?.rule && <span className="second block">{row.wouldChange.rule}</span>}
          </div>
        </td>
      </tr>
      {row.measured.kind === "contradicted" && <WayBack base={base} measured={row.measured} />}
    </tbody>
  );
}

type Contradiction = Extract<TraceRow["measured"], { kind: "contradicted" }>;

function WayBack({ base, measured }: { base: string; measured: Contradiction }) {
  return (
    <tr>
      <td colSpan={9}>
        <div className="way-back">
          <svg width="9" height="8" viewBox="0 0 9 8" aria-hidden="true">
            <path d="M4.5 0 9 8H0Z" className="fill-accent" />
          </svg>
          <p>
            The last run answers back: <code>{measured.to}</code>, where the brief says{" "}
            <code>{measured.from}</code>. {saySuccessor(measured)}
          </p>
          <Link prefetch={false} className="act" href={`${base}/benchmark?run=${measured.runId}#offers`}>
            Accept or refuse
          </Link>
        </div>
      </td>
    </tr>
  );
}

function saySuccessor({ becomes }: Contradiction): string {
  if (becomes === null) return "The pick would stay.";
  const team = becomes.teamPick === null ? "" : `; this team can build ${becomes.teamPick}`;
  return `The pick would become ${becomes.pick}${team}.`;
}

/** The four families of marks, explained once under the trace. */
export function TraceKey() {
  return (
    <div className="trace-key">
      <span>
        <svg className="mark" width="40" height="7" viewBox="0 0 40 7" aria-hidden="true">
          <path d="M0 3.5H40" className="stroke-ink" />
          <circle cx="3" cy="3.5" r="3" className="fill-ink" />
          <circle cx="26" cy="3.5" r="2.4" className="fill-paper stroke-ink" strokeWidth="1.25" />
        </svg>
        settled, still open
      </span>
      <span>
        <LevelBlocks needs={3} held={1} />
        held, missing, not needed
      </span>
      <span>
        <ProvenanceMark source="preset" />
        <ProvenanceMark source="user" />
        <ProvenanceMark source="measured" />
        source of an answer, weak to strong
      </span>
      <span>
        <VerdictMark verdict="pass" />
        <VerdictMark verdict="inconclusive" />
        <VerdictMark verdict="fail" />
        interval against the target line
      </span>
    </div>
  );
}
