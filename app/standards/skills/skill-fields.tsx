"use client";

import { LongTextField, TextField } from "#app/_components/field.tsx";
import { useWords } from "#app/_words/client.tsx";
import { type Catalogue, changeAnchor, changeSkill } from "./draft-catalogue.ts";

type Props = { draft: Catalogue; skillId: string; onEdit: (next: Catalogue) => void };

/** The words of one skill. An emptied level is one that this skill does not have. */
export function SkillFields({ draft, skillId, onEdit }: Props) {
  const { say } = useWords("standards");
  const skill = draft.skills.find(({ id }) => id === skillId);
  if (!skill) return null;
  const list = (text: string) => text.split(";").flatMap((part) => part.trim() || []);
  return (
    <div className="skill-fields">
      <TextField
        label={say("skillEditor.skills.name")}
        value={skill.name}
        maxLength={80}
        onChange={({ target }) => onEdit(changeSkill(draft, skillId, { name: target.value }))}
      />
      <TextField
        label={say("skillEditor.skills.about")}
        value={skill.description}
        maxLength={200}
        onChange={({ target }) => onEdit(changeSkill(draft, skillId, { description: target.value }))}
      />
      {skill.anchors.map((anchor, at) => (
        <LongTextField
          key={draft.levels[at + 1]?.name}
          label={say("skillEditor.roles.option", {
            level: String(at + 1),
            name: draft.levels[at + 1]?.name ?? "",
          })}
          hint={anchor === null ? say("skillEditor.skills.noLevel") : undefined}
          rows={2}
          maxLength={400}
          value={anchor ?? ""}
          onChange={({ target }) => onEdit(changeAnchor(draft, skillId, at, target.value))}
        />
      ))}
      <TextField
        label={say("skillEditor.skills.tools")}
        defaultValue={skill.toolTags.join("; ")}
        onBlur={({ target }) => onEdit(changeSkill(draft, skillId, { toolTags: list(target.value) }))}
      />
      <TextField
        label={say("skillEditor.skills.names")}
        defaultValue={skill.altLabels.join("; ")}
        onBlur={({ target }) => onEdit(changeSkill(draft, skillId, { altLabels: list(target.value) }))}
      />
    </div>
  );
}
