"use client";

import { useEffect, useId, useRef } from "react";

export type Choice = { value: string; label: string; hint?: string };

export type RadioListProps = {
  /** Shown as the legend; hidden (but read out) where the page's question says the same. */
  legend: string;
  hideLegend?: boolean;
  hint?: string;
  name: string;
  choices: Choice[];
  value: string | null;
  onChoose: (value: string) => void;
  /** Keys 1 to 9 choose, wherever the focus is, except while somebody types. */
  numberKeys?: boolean;
  error?: string;
};

/** One of several. Tab enters the list, arrows move, number keys choose. */
export function RadioList(props: RadioListProps) {
  const {
    legend,
    hideLegend = false,
    hint,
    name,
    choices,
    value,
    onChoose,
    numberKeys = false,
    error,
  } = props;
  const id = useId();
  const latest = useRef({ choices, onChoose });
  latest.current = { choices, onChoose };

  useEffect(() => {
    if (!numberKeys) return;
    const press = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      const picked = /^[1-9]$/.test(event.key) ? latest.current.choices[Number(event.key) - 1] : undefined;
      if (picked === undefined) return;
      event.preventDefault();
      latest.current.onChoose(picked.value);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [numberKeys]);

  return (
    <fieldset className="field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={hideLegend ? "sr-only" : undefined}>{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      <div className="choices">
        {choices.map((choice, index) => (
          <label className="choice" key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChoose(choice.value)}
            />
            <span>
              <span className="word">{choice.label}</span>
              {choice.hint && <span className="hint">{choice.hint}</span>}
            </span>
            {numberKeys && index < 9 && (
              <span className="key" aria-hidden="true">
                {index + 1}
              </span>
            )}
          </label>
        ))}
      </div>
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["radio", "checkbox", "button", "submit"].includes(target.type);
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}
