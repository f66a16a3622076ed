"use client";

import { WordButton } from "#app/_components/button.tsx";
import { NumberField, SelectField, TextField } from "#app/_components/field.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { BusinessMetric, TechnicalMetric } from "#server/brief/entry-schema.ts";

type RowProps<Metric> = {
  metrics: Metric[];
  most: number;
  /** `business.0.baseline` and what is wrong there. */
  problem: { path: string; message: string } | undefined;
  onChange: (metrics: Metric[]) => void;
  onLeave: () => void;
};

export function BusinessFields(props: RowProps<BusinessMetric>) {
  const { say } = useWords("entry");
  const { metrics, most, onLeave } = props;
  const blank: BusinessMetric = { name: "", unit: "", baseline: null, target: null };
  return (
    <fieldset className="entry-metrics">
      <legend>{say("form.business")}</legend>
      {metrics.map((metric, index) => (
        // The place in the list is all that tells two rows without a name apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <div className="entry-metric" key={index}>
          <TextField
            label={say("form.name")}
            value={metric.name}
            error={errorAt(props, "business", index)}
            onChange={(event) => write(props, index, { name: event.target.value })}
            onBlur={onLeave}
          />
          <TextField
            label={say("form.unit")}
            value={metric.unit}
            onChange={(event) => write(props, index, { unit: event.target.value })}
            onBlur={onLeave}
          />
          <NumberField
            label={say("form.baseline")}
            min={0}
            value={metric.baseline ?? ""}
            onChange={(event) => write(props, index, { baseline: readAmount(event.target.value) })}
            onBlur={onLeave}
          />
          <NumberField
            label={say("form.target")}
            min={0}
            value={metric.target ?? ""}
            onChange={(event) => write(props, index, { target: readAmount(event.target.value) })}
            onBlur={onLeave}
          />
          <RemoveMetric name={metric.name} onRemove={() => drop(props, index)} />
        </div>
      ))}
      {metrics.length < most && (
        <WordButton onClick={() => props.onChange([...metrics, blank])}>{say("form.addBusiness")}</WordButton>
      )}
    </fieldset>
  );
}

export function TechnicalFields(props: RowProps<TechnicalMetric>) {
  const { say } = useWords("entry");
  const { metrics, most, onLeave } = props;
  const blank: TechnicalMetric = { name: "", unit: "", comparison: "below", target: null };
  return (
    <fieldset className="entry-metrics">
      <legend>{say("form.technical")}</legend>
      {metrics.map((metric, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <div className="entry-metric" key={index}>
          <TextField
            label={say("form.name")}
            value={metric.name}
            error={errorAt(props, "technical", index)}
            onChange={(event) => write(props, index, { name: event.target.value })}
            onBlur={onLeave}
          />
          <TextField
            label={say("form.unit")}
            value={metric.unit}
            onChange={(event) => write(props, index, { unit: event.target.value })}
            onBlur={onLeave}
          />
          <SelectField
            label={say("form.comparison")}
            value={metric.comparison}
            options={[
              { value: "below", label: say("form.below") },
              { value: "above", label: say("form.above") },
            ]}
            onChange={(event) =>
              write(props, index, { comparison: event.target.value as TechnicalMetric["comparison"] })
            }
            onBlur={onLeave}
          />
          <NumberField
            label={say("form.target")}
            min={0}
            value={metric.target ?? ""}
            onChange={(event) => write(props, index, { target: readAmount(event.target.value) })}
            onBlur={onLeave}
          />
          <RemoveMetric name={metric.name} onRemove={() => drop(props, index)} />
        </div>
      ))}
      {metrics.length < most && (
        <WordButton onClick={() => props.onChange([...metrics, blank])}>
          {say("form.addTechnical")}
        </WordButton>
      )}
    </fieldset>
  );
}

/** Empty is not nought. */
export function readAmount(text: string): number | null {
  return text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
}

function RemoveMetric({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { say } = useWords("entry");
  return (
    <WordButton onClick={onRemove}>
      {say.rich("form.remove", {
        name: name.trim() || say("form.unnamed"),
        hidden: (words) => <span className="sr-only">{words}</span>,
      })}
    </WordButton>
  );
}

function write<Metric>(
  { metrics, onChange }: Pick<RowProps<Metric>, "metrics" | "onChange">,
  index: number,
  part: Partial<Metric>,
) {
  onChange(metrics.map((metric, at) => (at === index ? { ...metric, ...part } : metric)));
}

function drop<Metric>(
  { metrics, onChange, onLeave }: Pick<RowProps<Metric>, "metrics" | "onChange" | "onLeave">,
  index: number,
) {
  onChange(metrics.filter((_, at) => at !== index));
  onLeave();
}

function errorAt({ problem }: Pick<RowProps<never>, "problem">, list: string, index: number) {
  return problem?.path.startsWith(`${list}.${index}`) ? problem.message : undefined;
}
