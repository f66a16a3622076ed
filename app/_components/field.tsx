"use client";

import { type ComponentProps, useId } from "react";

type Frame = {
  label: string;
  /** Why it is asked, or in what unit. */
  hint?: string | undefined;
  /** What is wrong and what to do. */
  error?: string | undefined;
};

export function TextField({ label, hint, error, ...input }: Frame & ComponentProps<"input">) {
  return (
    <Labelled {...{ label, hint, error }}>
      {(ids) => <input type="text" autoComplete="off" {...input} {...ids} className="control" />}
    </Labelled>
  );
}

export function LongTextField({ label, hint, error, ...input }: Frame & ComponentProps<"textarea">) {
  return (
    <Labelled {...{ label, hint, error }}>
      {(ids) => <textarea {...input} {...ids} className="control" />}
    </Labelled>
  );
}

export function NumberField({
  label,
  hint,
  error,
  unit,
  ...input
}: Frame & ComponentProps<"input"> & { unit?: string }) {
  return (
    <Labelled {...{ label, hint, error }}>
      {(ids) => (
        <span className="with-unit">
          <input type="number" inputMode="decimal" step="any" {...input} {...ids} className="control" />
          {unit}
        </span>
      )}
    </Labelled>
  );
}

export function DateField({ label, hint, error, ...input }: Frame & ComponentProps<"input">) {
  return (
    <Labelled {...{ label, hint, error }}>
      {(ids) => <input type="date" {...input} {...ids} className="control" />}
    </Labelled>
  );
}

export function SelectField({
  label,
  hint,
  error,
  options,
  ...input
}: Frame & ComponentProps<"select"> & { options: { value: string; label: string }[] }) {
  return (
    <Labelled {...{ label, hint, error }}>
      {(ids) => (
        <select {...input} {...ids} className="control">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

type ControlIds = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

function Labelled({
  label,
  hint,
  error,
  children,
}: Frame & { children: (ids: ControlIds) => React.ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const ids: ControlIds = {
    id,
    ...(described ? { "aria-describedby": described } : {}),
    ...(error ? { "aria-invalid": true } : {}),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children(ids)}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
