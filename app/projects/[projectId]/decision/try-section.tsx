import Link from "next/link";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import { caller } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { type DecisionData, sayPick } from "./decision-data.ts";
import { type TriedQuestion, TryForm } from "./try-form.tsx";

type Props = { data: DecisionData; base: string; tried: string; value: string };

/** One answer changed on trial: which layers would end differently. The trial lives in the address; nothing is stored. */
export async function TrySection({ data, base, tried, value }: Props) {
  const { say } = await readWords("choice");
  const api = await caller();
  const { items } = await api.brief.readAnswers({ projectId: data.project.id });
  const questions = items.flatMap(({ question, words }): TriedQuestion[] => {
    const { id, name, type, options, unit } = question;
    if (type === "set") return [];
    return [
      {
        id,
        name,
        type,
        unit,
        options,
        now: words ?? data.read[id]?.words ?? "",
      },
    ];
  });
  const question = questions.find(({ id }) => id === tried);
  const isTried = question !== undefined && value !== "";
  return (
    <div className={isTried ? undefined : "no-print"}>
      <Section id="try" title={say("try.title")}>
        <p className="reading">{say("try.lead")}</p>
        <WordsFor rooms={["choice"]}>
          <TryForm questions={questions} tried={question ? tried : ""} value={value} />
        </WordsFor>
        <div aria-live="polite">
          {isTried && <Outcome data={data} base={base} question={question} value={value} />}
        </div>
      </Section>
    </div>
  );
}

async function Outcome(props: { data: DecisionData; base: string; question: TriedQuestion; value: string }) {
  const { data, base, question, value } = props;
  const [{ say }, { say: sayDecision }] = [await readWords("choice"), await readWords("decision")];
  const api = await caller();
  const parsed =
    question.type === "number" ? Number(value) : question.type === "bool" ? value === "true" : value;
  const found = await api.decision
    .preview({ projectId: data.project.id, changes: { [question.id]: parsed } })
    .catch((error: unknown) => ({ problem: error instanceof Error ? error.message : "" }));
  if ("problem" in found) return <p role="alert">{say("try.bad", { problem: found.problem })}</p>;
  if (found.changed.length === 0) return <p className="prose">{say("try.none")}</p>;
  return (
    <>
      <p className="prose">{say("try.changed", { count: found.changed.length })}</p>
      <Table
        caption={say("try.caption")}
        columns={[{ head: say("try.layer") }, { head: say("try.before") }, { head: say("try.after") }]}
        rows={found.changed.map(({ layer, name, before, after }) => ({
          key: layer,
          cells: [
            name,
            before.teamPick === after.teamPick || before.pick !== after.pick
              ? sayPick(data, before, sayDecision)
              : before.teamPick,
            <b key="after">{sayPick(data, after, sayDecision)}</b>,
          ],
        }))}
      />
      <p className="decision-after">
        <Link className="act" href={`${base}/brief?q=${question.id}`} prefetch={false}>
          {say("try.edit")}
        </Link>
      </p>
    </>
  );
}
