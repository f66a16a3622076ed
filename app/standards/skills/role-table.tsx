"use client";

import { useWords } from "#app/_words/client.tsx";
import type { Importance } from "#server/team/schema.ts";
import { askedOf, askRole, type Catalogue } from "./draft-catalogue.ts";

const IMPORTANCES: Importance[] = ["must", "should", "could"];

type Props = { draft: Catalogue; roleId: string; onEdit: (next: Catalogue) => void };

/** What one role must bring: a level and an importance a skill. Levels that a skill does not have are not offered. */
export function RoleTable({ draft, roleId, onEdit }: Props) {
  const { say } = useWords("standards");
  return (
    <div className="scroll">
      <table className="role-table">
        <caption className="sr-only">{say("skillEditor.roles.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("skillEditor.skills.skill")}</th>
            <th scope="col">{say("skillEditor.roles.level")}</th>
            <th scope="col">{say("skillEditor.roles.importance")}</th>
          </tr>
        </thead>
        <tbody>
          {draft.skills.map((skill) => {
            const asked = askedOf(draft, roleId, skill.id);
            return (
              <tr key={skill.id}>
                <th scope="row">
                  <code>{skill.id}</code> {skill.name}
                </th>
                <td>
                  <select
                    className="control"
                    aria-label={say("skillEditor.roles.levelOf", { skill: skill.name })}
                    value={asked?.level ?? ""}
                    onChange={({ target }) => {
                      const level = target.value === "" ? null : Number(target.value);
                      const importance = asked?.importance ?? "should";
                      onEdit(askRole(draft, roleId, skill.id, level === null ? null : { level, importance }));
                    }}
                  >
                    <option value="">{say("skillEditor.roles.nothing")}</option>
                    {draft.levels.map(({ level, name }) =>
                      level === 0 || skill.anchors[level - 1] === null ? null : (
                        <option key={level} value={level}>
                          {say("skillEditor.roles.option", { level: String(level), name })}
                        </option>
                      ),
                    )}
                  </select>
                </td>
                <td>
                  <select
                    className="control"
                    aria-label={say("skillEditor.roles.importanceOf", { skill: skill.name })}
                    value={asked?.importance ?? "should"}
                    disabled={asked === null}
                    onChange={({ target }) => {
                      const importance = target.value as Importance;
                      if (asked) onEdit(askRole(draft, roleId, skill.id, { level: asked.level, importance }));
                    }}
                  >
                    {IMPORTANCES.map((importance) => (
                      <option key={importance} value={importance}>
                        {say(`skillEditor.importance.${importance}`)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
