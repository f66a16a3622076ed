"use client";

import { Button } from "#app/_components/button.tsx";
import { Table } from "#app/_components/table.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { CatalogueCheck } from "./draft-catalogue.ts";

type Props = { found: CatalogueCheck; isBusy: boolean; onPublish: () => void };

/** What a new catalogue would change: requirements, gaps of projects, and every value; then the one button. */
export function CatalogueChanges({ found, isBusy, onPublish }: Props) {
  const { say, format } = useWords("standards");
  const { requirements, gaps, differences } = found;
  const sayAsked = (asked: (typeof requirements)[number]["before"]) =>
    asked === null
      ? say("skillEditor.roles.nothing")
      : `${asked.level} ${say(`skillEditor.importance.${asked.importance as "must"}`)}`;
  const sayGap = (gap: (typeof gaps)[number]["before"]) =>
    gap === null
      ? say("skillEditor.gap.none")
      : say("skillEditor.gap.state", { required: gap.required, gap: gap.gap, severity: gap.severity });
  return (
    <div className="mt-4">
      <p>
        {say("changes", { count: found.differing })} {say("skillEditor.gaps", { count: found.gapsChanging })}
      </p>
      {requirements.length > 0 && (
        <Table
          caption={say("skillEditor.requirements")}
          columns={[
            { head: say("skillEditor.roles.role") },
            { head: say("skillEditor.skills.skill") },
            { head: say("before") },
            { head: say("after") },
          ]}
          rows={requirements.map(({ roleId, skillId, before, after }) => ({
            key: `${roleId} ${skillId}`,
            cells: [roleId, skillId, sayAsked(before), sayAsked(after)],
          }))}
        />
      )}
      {gaps.length > 0 && (
        <Table
          caption={say("skillEditor.gapsCaption")}
          columns={[
            { head: say("project") },
            { head: say("skillEditor.skills.skill") },
            { head: say("before") },
            { head: say("after") },
          ]}
          rows={gaps.map(({ projectId, project, skillId, before, after }) => ({
            key: `${projectId} ${skillId}`,
            cells: [project, skillId, sayGap(before), sayGap(after)],
          }))}
        />
      )}
      {differences.length > 0 && (
        <details>
          <summary>
            {say("changesCaption")}
            {found.differing > differences.length &&
              `. ${say("more", { shown: format.number(differences.length) })}`}
          </summary>
          <Table
            caption={say("changesCaption")}
            columns={[{ head: say("value") }, { head: say("before") }, { head: say("after") }]}
            rows={differences.map(({ path, before, after }) => ({
              key: path,
              cells: [<code key="path">{path}</code>, before ?? say("absent"), after ?? say("absent")],
            }))}
          />
        </details>
      )}
      {found.differing > 0 && (
        <div className="actions">
          <Button weight="primary" disabled={isBusy} onClick={onPublish}>
            {say("publish", { version: found.version })}
          </Button>
        </div>
      )}
    </div>
  );
}
