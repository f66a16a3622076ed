import { LevelBlocks } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import { GapWords } from "./need-marks.tsx";
import type { Team, TeamReport } from "./team-data.ts";

/** One skill: what each level looks like, what is needed and held here, and who asks for it. */
export async function SkillNote({
  team,
  report,
  skillId,
}: {
  team: Team;
  report: TeamReport;
  skillId: string;
}) {
  const { say } = await readWords("team");
  const skill = team.skills.find((one) => one.id === skillId);
  if (!skill) return null;
  const gap = report.gaps.find((one) => one.skillId === skillId);
  const need = report.requirements.find((one) => one.skillId === skillId);
  const holders = team.people
    .filter((person) => gap?.holders.includes(person.id))
    .map((person) => person.alias);
  return (
    <div id="skill">
      <Note title={`${skill.id} ${skill.name}`} source={skill.toolTags.join(", ")}>
        <p>{skill.description}</p>
        {gap && (
          <p>
            <LevelBlocks needs={gap.required} held={gap.assessed ? gap.covered : null} />{" "}
            {say.rich("skillNote.state", {
              required: gap.required,
              assessed: gap.assessed ? "yes" : "no",
              covered: gap.covered,
              hasHolders: holders.length > 0 ? "yes" : "no",
              holders: holders.join(", "),
              i: (words) => <i>{words}</i>,
              gap: () => <GapWords gap={gap} say={say} />,
            })}
          </p>
        )}
        <ol className="anchors">
          {skill.anchors.map((anchor, at) => (
            <li key={team.levels[at + 1]?.name} className={gap?.required === at + 1 ? "asked" : undefined}>
              <b>
                {at + 1} {team.levels[at + 1]?.name}
              </b>{" "}
              {anchor ?? <i>{say("skillNote.noLevel")}</i>}
            </li>
          ))}
        </ol>
        <SkillEvidence team={team} skillId={skillId} />
        <p className="source">
          {need
            ? say("skillNote.askedBy", {
                sources: need.sources.map((source) => saySource(source, say)).join(", "),
              })
            : say("skillNote.askedByNobody")}
        </p>
        <SkillReferences team={team} skill={skill} />
      </Note>
    </div>
  );
}

type Source = TeamReport["requirements"][number]["sources"][number];

function saySource({ kind, ref, pick }: Source, say: SayOf<"team">): string {
  if (kind === "overlay") return say("skillNote.pilot", { pilot: ref === "rag" ? "RAG" : "MLOps" });
  if (kind === "hand") return say("skillNote.hand", { reason: ref });
  if (kind === "policy") return say("skillNote.policy", { policy: ref });
  return say("skillNote.pick", { pick: pick ?? "", layer: ref });
}

/** Who rated whom, when, and what was seen. In the order of the team: nobody is ranked. */
async function SkillEvidence({ team, skillId }: { team: Team; skillId: string }) {
  const { say, format } = await readWords("team");
  const place = team.skills.findIndex((skill) => skill.id === skillId);
  const rated = team.people.flatMap((person) =>
    person.ratings
      .filter((rating) => rating.skillId === skillId)
      .map((rating) => {
        const counted = person.counted[place];
        const counts = counted?.source === rating.source && counted.at === rating.at;
        return { person, rating, stale: counts && counted.stale, counts };
      }),
  );
  if (rated.length === 0) return null;
  return (
    <details>
      <summary>{say("skillNote.ratings", { count: rated.length })}</summary>
      <ul className="ratings-seen">
        {rated.map(({ person, rating, stale, counts }) => (
          <li key={`${person.id} ${rating.source}`}>
            {say("skillNote.rating", {
              alias: person.alias,
              level: rating.level,
              source: say(`source.${rating.source}`),
              day: format.day(rating.at, { year: true }),
              stale: stale ? "yes" : "no",
              counts: counts ? "yes" : "no",
            })}
            {rating.evidence && <q>{rating.evidence}</q>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where the guides speak of it, and what O*NET calls its tools. */
async function SkillReferences({ team, skill }: { team: Team; skill: Team["skills"][number] }) {
  const { say } = await readWords("team");
  return (
    <details>
      <summary>{say("skillNote.references")}</summary>
      {skill.altLabels.length > 0 && (
        <p className="source">{say("skillNote.alsoCalled", { labels: skill.altLabels.join(", ") })}</p>
      )}
      {skill.guides.map(({ source, place }) => {
        const guide = team.sources.find(({ id }) => id === source);
        return (
          <p className="source" key={`${source} ${place}`}>
            {say("skillNote.guide", { title: guide?.title ?? source, date: guide?.date ?? "", place })}
          </p>
        );
      })}
      {skill.technologies.map(({ toolTag, relation, name, commodityCode }) => (
        <p className="source" key={toolTag}>
          {say("skillNote.technology", { toolTag, relation, name, code: commodityCode })}
        </p>
      ))}
      {skill.technologies.length > 0 && <p className="source">{team.onet.attribution}</p>}
    </details>
  );
}
