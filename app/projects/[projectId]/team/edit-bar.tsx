"use client";

import type { RefObject } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { StatusLine } from "#app/_components/status-line.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { RatingSource } from "#server/team/schema.ts";
import type { Wish } from "./make-edit.ts";
import type { useMatrixEdits } from "./use-matrix-edits.ts";

const SOURCES = ["peer", "manager", "evidence", "self"] as const;
const IMPORTANCES = ["must", "should", "could"] as const;

type Props = {
  kind: "rating" | "requirement";
  /** The cell in words; null while none has the focus. */
  label: string | null;
  levels: string[];
  onWish: (wish: Omit<Wish, "x" | "y">) => void;
  source: RatingSource;
  setSource: (source: RatingSource) => void;
  evidence: string;
  setEvidence: (text: string) => void;
  reason: string;
  setReason: (text: string) => void;
  reasonField: RefObject<HTMLInputElement | null>;
  giveReason: () => void;
  edits: Pick<ReturnType<typeof useMatrixEdits>, "status" | "canUndo" | "canRedo" | "undo" | "redo">;
};

/** Says which cell is meant, and does by pointer what the keys do. */
export function EditBar(props: Props) {
  const { say } = useWords("team");
  const { kind, label, levels, onWish, edits } = props;
  return (
    <section className="edit-bar no-print" aria-label={say("edit.label")}>
      <div className="edit-fields">
        {kind === "rating" ? <RatingFields {...props} /> : <ReasonField {...props} />}
        <p className="edit-steps">
          <WordButton disabled={!edits.canUndo} onClick={edits.undo}>
            {say("edit.undo")}
          </WordButton>
          <WordButton disabled={!edits.canRedo} onClick={edits.redo}>
            {say("edit.redo")}
          </WordButton>
        </p>
      </div>
      <p className="edit-cell">
        <span>{label ?? say(`edit.hint.${kind}`)}</span>
        {label !== null && (
          <span className="edit-keys">
            {levels.map((name, level) =>
              kind === "requirement" && level === 0 ? null : (
                <button
                  key={name}
                  type="button"
                  className={`cell l${level}`}
                  aria-label={say("level", { level: String(level), name })}
                  onClick={() => onWish({ level })}
                >
                  {level}
                </button>
              ),
            )}
            <WordButton onClick={() => onWish({ level: null })}>
              {kind === "rating" ? say("notAssessed") : say("notRequired")}
            </WordButton>
            {kind === "requirement" &&
              IMPORTANCES.map((importance) => (
                <WordButton key={importance} onClick={() => onWish({ importance })}>
                  {say(`importance.${importance}`)}
                </WordButton>
              ))}
          </span>
        )}
      </p>
      <StatusLine status={edits.status} />
    </section>
  );
}

function RatingFields({ source, setSource, evidence, setEvidence }: Props) {
  const { say } = useWords("team");
  return (
    <>
      <SelectField
        label={say("people.ratedBy")}
        value={source}
        onChange={(event) => setSource(event.target.value as RatingSource)}
        options={SOURCES.map((value) => ({ value, label: say(`people.word.${value}`) }))}
      />
      {source === "evidence" && (
        <TextField
          label={say("edit.evidence")}
          value={evidence}
          maxLength={300}
          onChange={(event) => setEvidence(event.target.value)}
        />
      )}
    </>
  );
}

function ReasonField({ reason, setReason, reasonField, giveReason }: Props) {
  const { say } = useWords("team");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        giveReason();
      }}
    >
      <TextField
        ref={reasonField}
        label={say("edit.reason")}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.target.value)}
      />
    </form>
  );
}
