import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#app/_components/button.tsx";
import { NumberField, SelectField } from "#app/_components/field.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import { ForecastQuestion } from "#server/hardware/schema.ts";
import { ForecastFigure } from "./forecast-figure.tsx";

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> };
type Forecast = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["hardware"]["forecast"]>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("runs")).say("forecast.title") };
}

/** Before a line of the pilot runs: what an exact search would cost here and on other machines. */
export default async function ForecastPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const api = await caller();
  const question = readQuestion(query);
  const { rows, measured } = await orNotFound(api.hardware.forecast({ projectId, question }));
  const { say, format } = await readWords("runs");
  const here = rows.find(({ machine }) => machine.source !== "catalogue");
  const target = question.targetMs === null ? "" : format.number(question.targetMs, { unit: "ms" });
  return (
    <>
      <Sheet>
        <SheetHead
          question={say("forecast.question")}
          lead={
            here === undefined
              ? say("forecast.leadNone")
              : `${say("forecast.leadHere", { ms: sayMs(here.forecast.callMs, format), by: here.machine.source })} ${say(
                  "forecast.missed",
                  {
                    target,
                    meets: here.forecast.meets === null ? "open" : here.forecast.meets ? "yes" : "no",
                  },
                )}`
          }
        />
        <form className="no-print mt-7 grid items-end gap-x-7 phone:grid-cols-3">
          <NumberField
            label={say("forecast.documents")}
            name="documents"
            min={1}
            defaultValue={question.documents}
          />
          <NumberField
            label={say("forecast.chunks")}
            name="chunksPerDocument"
            min={0.1}
            defaultValue={question.chunksPerDocument}
          />
          <NumberField
            label={say("forecast.dimensions")}
            name="dimensions"
            min={2}
            defaultValue={question.dimensions}
          />
          <SelectField
            label={say("forecast.type")}
            name="type"
            defaultValue={question.type}
            options={ForecastQuestion.shape.type.options.map((value) => ({
              value,
              label: say(`forecast.types.${value}`),
            }))}
          />
          <NumberField label={say("forecast.batch")} name="batch" min={1} defaultValue={question.batch} />
          <NumberField
            label={say("forecast.target")}
            name="targetMs"
            min={0}
            defaultValue={question.targetMs ?? undefined}
          />
          <div className="actions">
            <Button type="submit" weight="primary">
              {say("forecast.show")}
            </Button>
          </div>
        </form>
        <Section id="machines" title={say("forecast.caption")}>
          <Table
            caption={say("forecast.caption")}
            columns={[
              { head: say("forecast.machine") },
              { head: say("forecast.call"), numeric: true },
              { head: say("forecast.rate"), numeric: true },
              { head: say("forecast.memory"), numeric: true },
              { head: say("forecast.limit") },
              { head: say("forecast.most"), numeric: true },
              { head: say("forecast.meets") },
            ]}
            rows={rows.map(({ machine, forecast, most }) => ({
              key: machine.id,
              cells: [
                <span key="name">
                  {machine.name}
                  <span className="second block font-normal">
                    {say(`forecast.${machine.source}`, {
                      basis: machine.basis,
                      day: format.day(machine.asOf, { year: true }),
                    })}
                  </span>
                </span>,
                sayMs(forecast.callMs, format),
                format.number(forecast.queriesPerSecond, { digits: forecast.queriesPerSecond < 10 ? 1 : 0 }),
                format.bytes(forecast.vectorBytes),
                say(`forecast.limits.${forecast.bound}`),
                most === null ? say("unknown") : format.number(Number(most.toPrecision(2))),
                say(`forecast.answers.${answer(forecast)}`),
              ],
            }))}
          />
        </Section>
        <div className="mt-10">
          <ForecastFigure rows={rows} measured={measured} targetMs={question.targetMs} />
        </div>
      </Sheet>
      <Margin>
        <Note title={say("forecast.after")}>
          {measured === null
            ? say("forecast.afterNone")
            : say(measured.by === "pilot" ? "forecast.afterProbe" : "forecast.afterSaid", {
                documents: format.number(measured.documents),
                chunks: format.number(measured.chunks),
                mode: measured.mode,
                measured: sayMs(measured.measuredMs, format),
                forecast: sayMs(measured.forecastMs, format),
              })}
        </Note>
        <p className="no-print">
          <Link prefetch={false} className="act" href={`/projects/${projectId}/benchmark`}>
            {say("compare.back")}
          </Link>
        </p>
      </Margin>
      <Foot left={say("forecast.figureSource")} />
    </>
  );
}

function answer({ meets, fits }: Forecast["rows"][number]["forecast"]): "yes" | "no" | "memory" | "open" {
  if (meets === null) return "open";
  if (!fits) return "memory";
  return meets ? "yes" : "no";
}

function sayMs(ms: number, format: Format): string {
  return ms < 10 ? format.number(ms, { digits: 2, unit: "ms" }) : format.duration(ms);
}

/** From the address, so that a forecast can be sent around; what does not fit falls back to the usual. */
function readQuestion(query: Query): ForecastQuestion {
  const { shape } = ForecastQuestion;
  const number = (name: string) =>
    typeof query[name] === "string" && query[name] !== "" ? Number(query[name]) : undefined;
  return {
    documents: shape.documents.catch(100_000).parse(number("documents")),
    chunksPerDocument: shape.chunksPerDocument.catch(5).parse(number("chunksPerDocument")),
    dimensions: shape.dimensions.catch(384).parse(number("dimensions")),
    type: shape.type.catch("float32").parse(query.type),
    batch: shape.batch.catch(1).parse(number("batch")),
    targetMs: query.targetMs === "" ? null : shape.targetMs.catch(200).parse(number("targetMs")),
  };
}
