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
            <li key={anchor} className={gap?.required === at + 1 ? "asked" : undefined}>
              <b>
                {at + 1} {team.levels[at + 1]?.name}
              </b>{" "}
              {anchor}
            </li>
          ))}
        </ol>
        <p className="source">
          {need
            ? say("skillNote.askedBy", {
                sources: need.sources.map((source) => saySource(source, say)).join(", "),
              })
            : say("skillNote.askedByNobody")}
        </p>
      </Note>
    </div>
  );
}

type Source = TeamReport["requirements"][number]["sources"][number];

function saySource({ kind, ref, pick }: Source, say: SayOf<"team">): string {
  if (kind === "overlay") return say("skillNote.pilot", { pilot: ref === "rag" ? "RAG" : "MLOps" });
  if (kind === "policy") return say("skillNote.policy", { policy: ref });
  return say("skillNote.pick", { pick: pick ?? "", layer: ref });
}
