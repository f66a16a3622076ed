import { sayRoom } from "#server/messages/say.ts";
import { labelLevel, skillsInOrder, toCsv } from "./export-matrix-csv.ts";
import type { SkillCatalogue } from "./schema.ts";

const say = sayRoom("team");

/** The catalogue as a table that people edit: a row a skill, its levels, and a column a role. */
export function writeCatalogueCsv(catalogue: SkillCatalogue): string {
  const head = [...catalogueHead(), ...catalogue.roles.map(({ name }) => name)];
  const rows = skillsInOrder(catalogue).map((skill) => [
    skill.id,
    skill.name,
    catalogue.groups.find(({ id }) => id === skill.group)?.name ?? skill.group,
    skill.description,
    ...skill.anchors.map((anchor) => anchor ?? "–"),
    skill.toolTags.join("; "),
    skill.altLabels.join("; "),
    ...catalogue.roles.map((role) => {
      const asked = role.requirements.find(({ skillId }) => skillId === skill.id);
      if (!asked) return say("notRequired");
      const importance = say(`importance.${asked.importance}`);
      return say("csv.requirement", { level: labelLevel(catalogue, asked.level), importance });
    }),
  ]);
  return toCsv([head, ...rows]);
}

/** In this order; the columns of the roles follow. */
export function catalogueHead(): string[] {
  const levels = [1, 2, 3, 4].map((level) => say("csv.anchor", { level: String(level) }));
  const [id, name, group] = [say("csv.skillId"), say("skill"), say("csv.group")];
  return [id, name, group, say("csv.description"), ...levels, say("csv.tools"), say("csv.otherNames")];
}
