"use client";

import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { DateField, NumberField, SelectField } from "#app/_components/field.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { RuleEdit } from "#server/decision/draft-schema.ts";
import type { Confidence } from "#server/decision/schema.ts";
import type { EditableRule } from "../standards-data.ts";
import { countEdits, editValue } from "./draft-edits.ts";

type Props = {
  rule: EditableRule;
  edit: RuleEdit | undefined;
  /** Null: back to what is in force. */
  onEdit: (edit: RuleEdit | null) => void;
};

/** One rule: closed it is read, open its numbers can be changed. */
export function RuleFields({ rule, edit, onEdit }: Props) {
  const { say, format } = useWords("standards");
  const [round, setRound] = useState(0);
  const undo = () => {
    setRound(round + 1);
    onEdit(null);
  };
  const change = (part: Partial<RuleEdit>) => onEdit(editValue(rule, edit, part));
  const changed = edit === undefined ? 0 : countEdits(edit);
  // An emptied field is not a zero: it stays what it was until a number stands there.
  const onNumber = (set: (value: number) => Partial<RuleEdit>) => (event: { target: HTMLInputElement }) => {
    if (Number.isFinite(event.target.valueAsNumber)) change(set(event.target.valueAsNumber));
  };
  const facts = [
    say(`editor.kind.${rule.kind}`),
    ...(rule.weight === null ? [] : [say("editor.weighs", { weight: String(edit?.weight ?? rule.weight) })]),
    ...(rule.confidence === null ? [] : [say(`editor.confidence.${edit?.confidence ?? rule.confidence}`)]),
    ...rule.thresholds.map(({ question, name, unit, value }) =>
      say("editor.threshold", {
        name,
        value: format.number(edit?.thresholds?.[question] ?? value),
        unit: unit ?? "",
      }),
    ),
    ...(rule.overdue ? [say("editor.overdue", { day: format.day(rule.reviewBy, { year: true }) })] : []),
  ];
  return (
    <details className="rule-edit">
      <summary>
        <b>{rule.id}</b> {rule.because}
        <small>
          {facts.join(" · ")}
          {changed > 0 && <mark>{say("editor.values", { count: changed })}</mark>}
        </small>
      </summary>
      <div className="rule-fields" key={round}>
        {rule.weight !== null && (
          <SelectField
            label={say("editor.weight")}
            value={String(edit?.weight ?? rule.weight)}
            onChange={(event) => change({ weight: Number(event.target.value) })}
            options={["1", "2", "3"].map((value) => ({ value, label: value }))}
          />
        )}
        {rule.confidence !== null && (
          <SelectField
            label={say("editor.sure")}
            value={edit?.confidence ?? rule.confidence}
            onChange={(event) => change({ confidence: event.target.value as Confidence })}
            options={(["high", "medium", "low"] as const).map((value) => ({
              value,
              label: say(`editor.confidence.${value}`),
            }))}
          />
        )}
        {rule.thresholds.map(({ question, name, unit, value, provenance }) => (
          <NumberField
            key={question}
            label={name}
            hint={say(`editor.provenance.${provenance}`)}
            {...(unit ? { unit } : {})}
            defaultValue={edit?.thresholds?.[question] ?? value}
            onChange={onNumber((number) => ({ thresholds: { [question]: number } }))}
          />
        ))}
        {rule.effects.map(({ option, name, value }) => (
          <NumberField
            key={option}
            label={say("editor.effect", { name })}
            min={-10}
            max={10}
            step={1}
            defaultValue={edit?.effects?.[option] ?? value}
            onChange={onNumber((number) => ({ effects: { [option]: number } }))}
          />
        ))}
        <DateField
          label={say("editor.review")}
          value={edit?.reviewBy ?? rule.reviewBy}
          onChange={(event) => event.target.value && change({ reviewBy: event.target.value })}
        />
        {changed > 0 && <WordButton onClick={undo}>{say("editor.undo")}</WordButton>}
      </div>
    </details>
  );
}
