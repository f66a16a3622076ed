import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { makeReport } from "#server/testing/make-report.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { ClinicReport } from "./clinic-schema.ts";
import { listClinicRuns, listNewestRuns } from "./store.ts";

const now = () => new Date("2026-11-21T12:00:00Z");

function freshReport(): ClinicReport {
  const file = "pilot-templates/clinic/contract/examples/report/valid/completed.json";
  return { ...ClinicReport.parse(JSON.parse(readFileSync(file, "utf8"))), runId: newId("run") };
}

onBothDatabases("the clinic beside a project's pilot", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const named = { name: `Desk ${newId("prj")}`, presetId: "rag_support" as const };
    const project = await createProject(db, owner.workspaceId, owner.memberId, named, now());
    const projectId = project.id;
    const api = callAs(db, owner, now);
    const upload = (report: unknown) => api.reports.upload({ projectId, text: JSON.stringify(report) });
    return { db, ws: owner.workspaceId, projectId, api, upload };
  };

  test("its report is judged, drawn and stored apart from the pilot's runs", async () => {
    const { db, ws, projectId, api, upload } = await setUp();
    const pilot = makeReport({ overrides: { runId: newId("run") } });
    const clinic = freshReport();
    await upload(pilot);
    expect(await upload(clinic)).toMatchObject({ outcome: "stored", kind: "clinic" });
    expect(await api.runs.list({ projectId, skip: 0 })).toMatchObject({
      stored: 1,
      runs: [{ runId: pilot.runId }],
    });
    expect((await listNewestRuns(db, ws, [projectId])).get(projectId)?.runId).toBe(pilot.runId);
    expect(await listClinicRuns(db, ws, projectId)).toMatchObject([{ runId: clinic.runId }]);
    const { picture } = await api.reports.read({ projectId, runId: clinic.runId });
    expect(picture).toMatchObject({ kind: "clinic", rounds: 10 });
  });

  test("a project with runs of the clinic only has no run of its own", async () => {
    const { db, ws, projectId, upload } = await setUp();
    await upload(freshReport());
    expect((await listNewestRuns(db, ws, [projectId])).size).toBe(0);
  });

  test("what it measured of one's own code is taken over by a person", async () => {
    const { projectId, api, upload } = await setUp();
    const { runId } = freshReport();
    await upload({ ...freshReport(), runId });
    const { offers } = await api.reports.offers({ projectId, runId });
    expect(offers).toMatchObject([{ questionId: "bound" }]);
    await api.reports.acceptOffers({ projectId, runId, questionIds: ["bound"] });
    expect((await api.reports.offers({ projectId, runId })).accepted).toMatchObject([
      { questionId: "bound" },
    ]);
  });

  test("a run of the clinic is not compared question by question", async () => {
    const { projectId, api, upload } = await setUp();
    const [pilot, clinic] = [makeReport({ overrides: { runId: newId("run") } }), freshReport()];
    await upload(pilot);
    await upload(clinic);
    const runIds = [pilot.runId, clinic.runId];
    await expect(api.runs.compare({ projectId, runIds })).rejects.toMatchObject({
      cause: { code: "RUNS_UNLIKE" },
    });
  });
});
