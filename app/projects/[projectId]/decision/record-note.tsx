import type { inferRouterOutputs } from "@trpc/server";
import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { RecordButton } from "./record-button.tsx";

export type RecordsData = inferRouterOutputs<AppRouter>["records"]["list"];
type Difference = NonNullable<RecordsData["sinceNewest"]>;

/** The records so far, what each changed, what has changed since, and the way to keep today's. */
export async function RecordNote({ projectId, found }: { projectId: string; found: RecordsData }) {
  const { say, format } = await readWords("choice");
  const { records, sinceNewest, questionNames } = found;
  const [newest] = records;
  const id = (number: number) => `ADR-${String(number).padStart(4, "0")}`;
  const files = `/api/projects/${projectId}/decision`;
  const list = (difference: Difference) => {
    const { layers, answers, ruleSet } = difference;
    const words = (names: string[]) => (names.length === 0 ? say("record.nothing") : names.join(", "));
    return [
      ...(ruleSet ? [say("record.rulesChange", ruleSet)] : []),
      ...layers.map(({ name, before, after }) =>
        say("record.layerChange", { layer: name, before: words(before), after: words(after) }),
      ),
      ...answers.map(({ question }) =>
        say("record.answerChange", { question: questionNames[question] ?? question }),
      ),
    ];
  };
  const changes = sinceNewest ? list(sinceNewest) : [];
  return (
    <Note title={say("record.title")}>
      {newest === undefined ? (
        <p>{say("record.none")}</p>
      ) : (
        <p>{changes.length === 0 ? say("record.same") : say("record.differs", { id: id(newest.number) })}</p>
      )}
      <ul>
        {changes.slice(0, 6).map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
      {(newest === undefined || changes.length > 0) && (
        <WordsFor rooms={["choice"]}>
          <RecordButton
            projectId={projectId}
            after={newest?.number ?? null}
            label={say("record.add", { id: id((newest?.number ?? 0) + 1) })}
          />
        </WordsFor>
      )}
      {records.map((record) => (
        <p key={record.number}>
          {say.rich("record.one", {
            id: id(record.number),
            date: format.day(record.at, { year: true }),
            person: record.by,
            b: (words) => <b>{words}</b>,
          })}
          {", "}
          {record.supersededBy === null
            ? say("record.accepted")
            : say("record.superseded", { id: id(record.supersededBy) })}{" "}
          <a className="act inline" href={`${files}/madr.md?number=${record.number}`} download>
            {say("record.madr")}
            <span className="sr-only"> {id(record.number)}</span>
          </a>
          {record.changed && (
            <span className="source block">{list(record.changed).slice(0, 4).join("; ")}</span>
          )}
        </p>
      ))}
      <p>
        <a className="act" href={`${files}/madr.md`} download>
          {say("record.all")}
        </a>
      </p>
      <p>
        <a className="act" href={`${files}/madr.zip`} download>
          {say("record.zip")}
        </a>
      </p>
    </Note>
  );
}
