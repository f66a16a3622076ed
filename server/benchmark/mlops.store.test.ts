import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { MlopsReport } from "./mlops-schema.ts";

const now = () => new Date("2026-11-22T12:00:00Z");

onBothDatabases("the MLOps pilot of a project", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const named = { name: `Risk ${newId("prj")}`, presetId: "daily_classifier" as const };
    const { id: projectId } = await createProject(db, owner.workspaceId, owner.memberId, named, now());
    return { projectId, api: callAs(db, owner, now) };
  };

  test("is what a project that classifies would be handed out", async () => {
    const { projectId, api } = await setUp();
    expect(await api.scaffold.read({ projectId })).toMatchObject({
      outcome: "configured",
      config: { template: "mlops", task: "classification", projectId },
    });
  });

  test("sends back a report that is judged, drawn and exported", async () => {
    const { projectId, api } = await setUp();
    const file = "pilot-templates/mlops/contract/examples/report/valid/classification.json";
    const report = { ...MlopsReport.parse(JSON.parse(readFileSync(file, "utf8"))), runId: newId("run") };
    const stored = await api.reports.upload({ projectId, text: JSON.stringify(report) });
    expect(stored).toMatchObject({ outcome: "stored", kind: "mlops" });
    const { run, picture } = await api.reports.read({ projectId, runId: report.runId });
    expect(picture.kind).toBe("mlops");
    expect(run.verdicts.map(({ metric }) => metric)).toEqual(report.config.targets.map((t) => t.metric));
    expect(await api.runs.beside({ projectId, runId: report.runId })).toMatchObject({ goodput: null });
    expect(await api.runs.points({ projectId, runId: report.runId })).toMatchObject({ curve: [], costs: [] });
    const seen = { projectId, runId: report.runId, version: run.version };
    expect(await api.runs.takeOutRecords({ ...seen, records: "deleted" })).toMatchObject({
      records: "deleted",
    });
  });
});
