import { LevelBlocks } from "#app/_components/marks.tsx";
import { Note } from "#app/_components/note.tsx";
import { GapWords } from "./need-marks.tsx";
import type { Team, TeamReport } from "./team-data.ts";

/** One skill: what each level looks like, what is needed and held here, and who asks for it. */
export function SkillNote({ team, report, skillId }: { team: Team; report: TeamReport; skillId: string }) {
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
            <LevelBlocks needs={gap.required} held={gap.assessed ? gap.covered : null} /> needs {gap.required}
            , {gap.assessed ? `held ${gap.covered}` : <i>not assessed</i>}: <GapWords gap={gap} />
            {holders.length > 0 && `. Held by ${holders.join(", ")}.`}
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
            ? `Asked by ${need.sources.map(saySource).join(", ")}.`
            : "Nothing in this project asks for it; roles bring it along."}
        </p>
      </Note>
    </div>
  );
}

function saySource({ kind, ref, pick }: TeamReport["requirements"][number]["sources"][number]): string {
  if (kind === "overlay") return `the ${ref === "rag" ? "RAG" : "MLOps"} pilot`;
  return kind === "layer" ? `the pick ${pick} (${ref})` : `policy ${ref}`;
}
