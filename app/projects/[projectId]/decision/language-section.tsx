import { Section } from "#app/_components/section.tsx";
import { readWords } from "#app/_words/server.ts";
import type { DecisionData } from "./decision-data.ts";

/** Each language beyond the first costs, whatever its layer gains by it. */
export async function LanguageSection({ data }: { data: DecisionData }) {
  const { say, format } = await readWords("choice");
  const { ideal, team } = data.weighed.languages;
  const names = (languages: string[]) =>
    languages.length === 0 ? say("languages.none") : languages.map(nameLanguage).join(", ");
  const sayHandoff = (days: number) =>
    days === 0 ? say("languages.one") : say("languages.handoff", { days: format.number(days) });
  const same = ideal.languages.join() === team.languages.join();
  return (
    <Section id="languages" title={say("languages.title")}>
      <p className="prose">
        {say("languages.ideal", { languages: names(ideal.languages) })}{" "}
        {sayHandoff(ideal.handoffDaysPerMonth)}{" "}
        {ideal.missing &&
          ideal.missing.length > 0 &&
          say("languages.hire", { languages: names(ideal.missing) })}
      </p>
      {!same && team.missing !== null && (
        <p className="prose">
          {say("languages.team", { languages: names(team.languages) })} {sayHandoff(team.handoffDaysPerMonth)}
        </p>
      )}
      <p className="second decision-after">{say("languages.source", { days: "2" })}</p>
    </Section>
  );
}

/** Names of products, the same in every language. */
const NAMES: Record<string, string> = { cpp: "C++", csharp: "C#", typescript: "TypeScript" };
const nameLanguage = (id: string) => NAMES[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
