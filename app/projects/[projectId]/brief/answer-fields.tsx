"use client";

import { useId, useState } from "react";
import { NumberField } from "#app/_components/field.tsx";
import { RadioList } from "#app/_components/radio-list.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { AnswerValue, Question } from "#server/brief/schema.ts";
import type { SayOf } from "#server/messages/say.ts";

type FieldProps = {
  question: Question;
  value: AnswerValue | null;
  error: string | undefined;
  onChoose: (value: AnswerValue) => void;
};

/** The word the schema has for it; taking the schema's own value would load zod into the page for one word. */
const UNKNOWN = "unknown";

/** Enum and bool as a list of words; null for the other types. */
export function listChoices(
  question: Question,
  say: SayOf<"brief">,
): { value: string; label: string }[] | null {
  if (question.type === "enum") return question.options;
  if (question.type !== "bool") return null;
  return [
    { value: "true", label: say("form.yes") },
    { value: "false", label: say("form.no") },
  ];
}

export function ChoiceAnswer({ question, value, error, onChoose }: FieldProps) {
  const { say } = useWords("brief");
  const choices = [...(listChoices(question, say) ?? []), { value: UNKNOWN, label: say("form.unknown") }];
  return (
    <RadioList
      legend={question.ask}
      hideLegend
      name={question.id}
      choices={choices}
      value={value === null ? null : String(value)}
      onChoose={(word) => onChoose(readWord(question, word))}
      numberKeys
      {...(error === undefined ? {} : { error })}
    />
  );
}

export function NumberAnswer({ question, value, error, onChoose }: FieldProps) {
  const [text, setText] = useState(typeof value === "number" ? String(value) : "");
  const known = typeof value === "number" ? String(value) : "";
  const [shown, setShown] = useState(known);
  // Another tab, or "take the stored one", may change the value under the field.
  if (shown !== known) {
    setShown(known);
    if (known !== "") setText(known);
  }
  return (
    <>
      <NumberField
        label={question.name}
        {...(question.unit === null ? {} : { unit: question.unit })}
        min={question.min ?? undefined}
        max={question.max ?? undefined}
        step={question.integer ? 1 : "any"}
        value={text}
        error={error}
        // The page has one field and it is what one came for.
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text.trim() !== "" && Number(text) !== value && onChoose(Number(text))}
      />
      <DontKnow
        checked={value === UNKNOWN}
        onChoose={() => {
          setText("");
          onChoose(UNKNOWN);
        }}
      />
    </>
  );
}

export function SetAnswer({ question, value, error, onChoose }: FieldProps) {
  const errorId = useId();
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset className="field" aria-describedby={error ? errorId : undefined}>
      <legend className="sr-only">{question.ask}</legend>
      <div className="choices">
        {question.options.map((option, index) => (
          <label className="choice" key={option.value}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() => onChoose(toggle(question, chosen, option.value))}
            />
            <span className="word">{option.label}</span>
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>
          </label>
        ))}
      </div>
      <DontKnow checked={value === UNKNOWN} onChoose={() => onChoose(UNKNOWN)} />
      {error && (
        <p className="error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The answer that a key stands for; undefined for every other key. Radio lists read their numbers themselves. */
export function readKey(
  question: Question,
  key: string,
  target: HTMLElement | null,
  value: AnswerValue | null,
): AnswerValue | undefined {
  const isNumberField = target instanceof HTMLInputElement && target.type === "number";
  if (key === "u" || key === "U" || (key === "0" && !isNumberField)) return UNKNOWN;
  if (question.type !== "set" || !/^[1-9]$/.test(key)) return undefined;
  const option = question.options[Number(key) - 1];
  return option && toggle(question, Array.isArray(value) ? value : [], option.value);
}

function DontKnow({ checked, onChoose }: { checked: boolean; onChoose: () => void }) {
  const { say } = useWords("brief");
  return (
    <div className="brief-unknown">
      <label className="choice">
        <input type="checkbox" checked={checked} onChange={onChoose} />
        <span className="word">{say("form.unknown")}</span>
        <span className="key" aria-hidden="true">
          U
        </span>
      </label>
    </div>
  );
}

function readWord(question: Question, word: string): AnswerValue {
  if (word === UNKNOWN || question.type !== "bool") return word;
  return word === "true";
}

/** Kept in the order of the catalogue, so that the same set is the same answer. */
function toggle(question: Question, chosen: string[], word: string): string[] {
  const next = chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word];
  return question.options.map((option) => option.value).filter((one) => next.includes(one));
}
