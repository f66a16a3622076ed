import { downloadHeaders, enter } from "#server/api/enter.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { writeCatalogueCsv } from "#server/team/export-catalogue-csv.ts";

export const dynamic = "force-dynamic";

const say = sayRoom("errors");

/** `rules`, `skills` or, for spreadsheets, `skills.csv`: the version in force, as the file that can be edited and published again. */
export const GET = enter<{ which: string }>("read", async ({ db, session }, { which }) => {
  const { ruleSet, catalogue } = await loadStandards(db, session.workspaceId);
  if (which === "rules") return answer(ruleSet, `rules-${ruleSet.id}-${ruleSet.version}.json`);
  if (which === "skills") return answer(catalogue, `skills-${catalogue.version}.json`);
  if (which === "skills.csv") {
    const headers = downloadHeaders(`skills-${catalogue.version}.csv`, "text/csv; charset=utf-8");
    return new Response(writeCatalogueCsv(catalogue), { headers });
  }
  throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.standard", { which }));
});

function answer(document: unknown, fileName: string): Response {
  const headers = downloadHeaders(fileName, "application/json; charset=utf-8");
  return new Response(`${JSON.stringify(document, null, 2)}\n`, { headers });
}
