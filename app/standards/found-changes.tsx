"use client";

import { Button } from "#app/_components/button.tsx";
import { Table } from "#app/_components/table.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Standards } from "./standards-data.ts";

/** What a new version would change, and the one button that puts it in force. */
export function FoundChanges({
  which,
  found,
  publishing,
  onPublish,
}: {
  which: "rules" | "skills";
  found: Standards["check"];
  publishing: boolean;
  onPublish: () => void;
}) {
  const { say, format } = useWords("standards");
  return (
    <div className="mt-4">
      <p>
        {say("changes", { count: found.differing })}
        {found.differing > found.differences.length &&
          ` ${say("more", { shown: format.number(found.differences.length) })}`}
      </p>
      {found.differences.length > 0 && (
        <Table
          caption={say("changesCaption")}
          columns={[{ head: say("value") }, { head: say("before") }, { head: say("after") }]}
          rows={found.differences.map(({ path, before, after }) => ({
            key: path,
            cells: [<code key="path">{path}</code>, before ?? say("absent"), after ?? say("absent")],
          }))}
        />
      )}
      {which === "rules" && (
        <>
          <p className="mt-4">{say("decisions", { count: found.decisions.length })}</p>
          {found.decisions.length > 0 && (
            <Table
              caption={say("decisionsCaption")}
              columns={[
                { head: say("project") },
                { head: say("layer") },
                { head: say("before") },
                { head: say("after") },
              ]}
              rows={found.decisions.map(({ projectId, project, layer, before, after }) => ({
                key: `${projectId} ${layer}`,
                cells: [
                  project,
                  layer,
                  before.join(", ") || say("nothing"),
                  after.join(", ") || say("nothing"),
                ],
              }))}
            />
          )}
        </>
      )}
      {found.differing > 0 && (
        <div className="actions">
          <Button weight="primary" disabled={publishing} onClick={onPublish}>
            {say("publish", { version: found.version })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Why a document was refused, with every place that is wrong. */
export function RefusedDocument({ error }: { error: { message: string; data?: unknown } }) {
  const { say } = useWords("standards");
  const problems = Array.isArray(error.data) ? (error.data as string[]) : [];
  return (
    <div className="error" role="alert">
      <p>
        {error.message} {say("refused")}
      </p>
      {problems.length > 1 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
