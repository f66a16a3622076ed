import { XAxis } from "#app/_components/chart-axis.tsx";
import { Drawing } from "#app/_components/drawing.tsx";
import { Figure } from "#app/_components/figure.tsx";
import { scaleLine } from "#app/_components/scale-line.ts";
import { Table } from "#app/_components/table.tsx";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { ClinicPicture, DrawnForm } from "#server/benchmark/summarise-clinic.ts";
import type { SayOf } from "#server/messages/say.ts";

type Example = ClinicPicture["examples"][number];
type Words = { say: SayOf<"clinic">; format: Format };
type Props = { number: number; example: Example; rounds: number };

/** Each form of one example: median, middle half and range of its wall time, on one logarithmic scale. */
export async function FormsFigure({ number, example, rounds }: Props) {
  const words = await readWords("clinic");
  const { say, format } = words;
  const { id, forms } = example;
  return (
    <Figure
      number={number}
      title={say(`example.${id}`)}
      reading={sayReading(forms, words)}
      source={say("forms.source", { rounds: format.number(rounds) })}
      table={<FormsTable forms={forms} words={words} />}
    >
      <div className="hidden phone:block">
        <Bars forms={forms} width={868} labels={230} words={words} />
      </div>
      <div className="phone:hidden">
        <Bars forms={forms} width={324} labels={0} words={words} />
      </div>
    </Figure>
  );
}

export function sayForm({ name, workers }: Pick<DrawnForm, "name" | "workers">, { say, format }: Words) {
  const form = say(`form.${name}`);
  return workers === null ? form : say("formOf", { form, count: format.number(workers) });
}

export function sayTimes(ratio: number, format: Format): string {
  return format.number(ratio, { digits: ratio < 10 ? 2 : 1, unit: "×" });
}

function sayMs(ms: number, format: Format): string {
  return format.number(ms, { digits: ms < 10 ? 2 : 0, unit: "ms" });
}

function sayReading(forms: readonly DrawnForm[], words: Words): string {
  const { say, format } = words;
  const [first] = forms;
  if (first === undefined) return "";
  const fastest = forms.reduce((best, form) => (form.medianMs < best.medianMs ? form : best));
  if (fastest.speedUp?.value == null) {
    return say("forms.reading.alone", {
      form: sayForm(fastest, words),
      median: sayMs(fastest.medianMs, format),
      cpu: format.number(fastest.cpuShare, { digits: 2 }),
    });
  }
  return say("forms.reading.fastest", {
    form: sayForm(fastest, words),
    speedUp: sayTimes(fastest.speedUp.value, format),
    plain: sayForm(forms.find(({ speedUp }) => speedUp === null) ?? first, words),
  });
}

function Bars(props: { forms: readonly DrawnForm[]; width: number; labels: number; words: Words }) {
  const { forms, width, labels, words } = props;
  const { say, format } = words;
  const least = Math.min(...forms.map((form) => form.leastMs));
  const most = Math.max(...forms.map((form) => form.mostMs));
  const scale = scaleLine([Math.log10(least * 0.9), Math.log10(most * 1.1)], [labels + 8, width - 70]);
  const x = (ms: number) => scale(Math.log10(ms));
  // Labels stand above their bars on a phone.
  const [row, down] = labels === 0 ? [40, 26] : [26, 13];
  const bottom = forms.length * row + 8;
  return (
    <Drawing width={width} height={bottom + 40} label={say("forms.label")}>
      <XAxis
        y={bottom}
        gridTop={0}
        ticks={listTicks(least, most).map((ms) => ({ at: x(ms), label: format.number(ms) }))}
        title={say("forms.axis")}
        titleX={width - 8}
      />
      {forms.map((form, at) => {
        const y = at * row + down;
        return (
          <g key={`${form.name} ${form.workers}`}>
            <text x={0} y={labels === 0 ? y - 12 : y + 4} className="strong">
              {sayForm(form, words)}
            </text>
            <path d={`M${x(form.leastMs)} ${y}H${x(form.mostMs)}`} className="stroke-ink" strokeWidth="1" />
            <path d={`M${x(form.lowerMs)} ${y}H${x(form.upperMs)}`} className="stroke-ink" strokeWidth="5" />
            <path d={`M${x(form.medianMs)} ${y - 8}v16`} className="stroke-ink" strokeWidth="2" />
            <text x={x(form.mostMs) + 6} y={y + 4}>
              {sayMs(form.medianMs, format)}
            </text>
          </g>
        );
      })}
    </Drawing>
  );
}

/** 1, 2 and 5 of every decade that is shown; of many decades only the first. */
function listTicks(least: number, most: number): number[] {
  const decades = Math.log10(most / least);
  const steps = decades > 2 ? [1] : [1, 2, 5];
  const from = Math.floor(Math.log10(least));
  return Array.from({ length: Math.ceil(decades) + 2 }, (_, at) => 10 ** (from + at))
    .flatMap((decade) => steps.map((step) => step * decade))
    .filter((ms) => ms >= least * 0.9 && ms <= most * 1.1);
}

function FormsTable({ forms, words }: { forms: readonly DrawnForm[]; words: Words }) {
  const { say, format } = words;
  const between = (low: number, high: number, write: (value: number, format: Format) => string) =>
    say("forms.between", { low: write(low, format), high: write(high, format) });
  return (
    <Table
      caption={say("forms.caption")}
      columns={[
        { head: say("forms.head.form") },
        { head: say("forms.head.median"), numeric: true },
        { head: say("forms.head.middle"), numeric: true },
        { head: say("forms.head.range"), numeric: true },
        { head: say("forms.head.cores"), numeric: true },
        { head: say("forms.head.speedUp"), numeric: true },
        { head: say("forms.head.bounds"), numeric: true },
      ]}
      rows={forms.map((form) => {
        const { value = null, low = null, high = null } = form.speedUp ?? {};
        return {
          key: `${form.name} ${form.workers}`,
          cells: [
            sayForm(form, words),
            sayMs(form.medianMs, format),
            between(form.lowerMs, form.upperMs, sayMs),
            between(form.leastMs, form.mostMs, sayMs),
            format.number(form.cpuShare, { digits: 2 }),
            value === null ? say("forms.plain") : sayTimes(value, format),
            low === null || high === null
              ? value === null
                ? ""
                : say("forms.noBound")
              : between(low, high, sayTimes),
          ],
        };
      })}
    />
  );
}
