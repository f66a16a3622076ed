import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimNext, succeedJob } from "#server/benchmark/lease-store.ts";
import { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { readArchive, unpackArchive } from "#server/scaffold/archive.ts";
import titles from "#server/scaffold/hostile-titles.data.json" with { type: "json" };
import { listScaffolds } from "#server/scaffold/store.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-scaffold-"));
const archives = join(dataDir, "archives");
const before = { dataDir: process.env.PILOTAGE_DATA_DIR, evalData: process.env.PILOTAGE_EVAL_DATA };
beforeAll(() => {
  process.env.PILOTAGE_DATA_DIR = dataDir;
  delete process.env.PILOTAGE_EVAL_DATA;
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  if (before.dataDir === undefined) delete process.env.PILOTAGE_DATA_DIR;
  else process.env.PILOTAGE_DATA_DIR = before.dataDir;
  if (before.evalData !== undefined) process.env.PILOTAGE_EVAL_DATA = before.evalData;
});

onBothDatabases("handing out and running a pilot", (database) => {
  const open = () => {
    const { db, owner } = database();
    return { db, owner, api: callAs(db, owner) };
  };
  let counter = 0;
  const newProject = async (
    presetId: "rag_support" | "daily_classifier" | "native_engine" | "blank" = "rag_support",
    name?: string,
  ) => {
    counter += 1;
    return open().api.brief.createProject({ name: name ?? `Project ${counter}`, presetId });
  };

  test("the choices of a person are kept, and the preview follows them", async () => {
    const { api } = open();
    const { id: projectId } = await newProject();
    await api.scaffold.saveChoices({ projectId, choices: { accuracyShare: 0.9, k: 3 } });
    const read = await api.scaffold.read({ projectId });
    expect(read).toMatchObject({
      outcome: "configured",
      choices: { accuracyShare: 0.9, k: 3 },
      isHandedOut: false,
    });
    if (read.outcome !== "configured") throw new Error(read.reason);
    expect(read.config).toMatchObject({ projectId, retrieval: { k: 3 } });
    expect(read.config.targets[0]?.value).toBe(0.9);
    expect(read.defaults.targets[0]?.value).toBe(0.8);
    expect(read.files.map((file) => file.path)).toContain("handover/charter.md");
  });

  test.each([
    ["a k of 0", { k: 0 }, "choices.k"],
    ["an accuracy of 120 %", { accuracyShare: 1.2 }, "choices.accuracyShare"],
    [
      "a file as endpoint",
      { answerMode: "openai_compatible", model: "m", baseUrl: "file:///etc/passwd" },
      "choices.baseUrl",
    ],
    ["a field that is not one", { template: "../../etc" }, "choices"],
  ])("%s is refused with its place, and the old choice stays", async (_title, choices, path) => {
    const { api } = open();
    const { id: projectId } = await newProject();
    const saved = api.scaffold.saveChoices({ projectId, choices: choices as { k: number } });
    await expect(saved).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const error = await saved.catch((thrown: { cause: { issues: { path: string[] }[] } }) => thrown);
    expect((error as { cause: { issues: { path: string[] }[] } }).cause.issues[0]?.path.join(".")).toBe(path);
    expect((await api.scaffold.read({ projectId })).choices).toEqual({});
  });

  test("what is handed out is on the disk under its hash, unpacks to its record, and is the same twice", async () => {
    const { db, owner, api } = open();
    const { id: projectId } = await newProject();
    const first = await api.scaffold.handOut({ projectId });
    const again = await api.scaffold.handOut({ projectId });
    expect(again.archiveSha256).toBe(first.archiveSha256);
    expect(again.id).not.toBe(first.id);
    const [kept] = await listScaffolds(db, owner.workspaceId, projectId);
    const files = unpackArchive(
      await readArchive(archives, first.archiveSha256),
      first.archiveSha256,
      kept?.manifest ?? [],
    );
    expect(files.length).toBe(first.files);
    expect(await api.scaffold.read({ projectId })).toMatchObject({ isHandedOut: true });
    expect(readdirSync(archives).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test("a hostile name goes through project, archive and job, and reads back as it was typed", async () => {
    const { api } = open();
    for (const title of titles.slice(2, 8)) {
      const { id: projectId } = await newProject("rag_support", title);
      const { archiveSha256 } = await api.scaffold.handOut({ projectId });
      const files = unzipSync(await readArchive(archives, archiveSha256));
      expect(JSON.parse(new TextDecoder().decode(files["pilot.json"])).title).toBe(title);
    }
  });

  test("an MLOps pilot is handed out and told to be benchmarked where it lies", async () => {
    const { api } = open();
    const { id: projectId } = await newProject("daily_classifier");
    await api.scaffold.handOut({ projectId });
    await expect(api.jobs.start({ projectId, preset: "quick", dataSet: "bundled" })).rejects.toMatchObject({
      cause: { code: "PILOT_RUNS_ITSELF" },
    });
  });

  test("an engine is told that no pilot is generated, and nothing is handed out", async () => {
    const { api } = open();
    const { id: projectId } = await newProject("native_engine");
    expect(await api.scaffold.read({ projectId })).toMatchObject({ outcome: "no_scaffold", earlier: [] });
    await expect(api.scaffold.handOut({ projectId })).rejects.toMatchObject({
      cause: { code: "NO_SCAFFOLD" },
    });
  });

  describe("a benchmark", () => {
    const run = { preset: "quick", dataSet: "bundled" } as const;

    test("needs a hand-out, a data set that is here, and a pilot that needs no network", async () => {
      const { api } = open();
      const { id: projectId } = await newProject();
      await expect(api.jobs.start({ projectId, ...run })).rejects.toMatchObject({
        cause: { code: "NOT_HANDED_OUT" },
      });
      await api.scaffold.handOut({ projectId });
      const absent = api.jobs.start({ projectId, preset: "quick", dataSet: "dev-xquad-en-a" });
      await expect(absent).rejects.toMatchObject({ cause: { code: "DATA_MISSING" } });
      const path = "../../etc" as "bundled";
      await expect(api.jobs.start({ projectId, preset: "quick", dataSet: path })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
      const choices = {
        answerMode: "openai_compatible",
        model: "m",
        baseUrl: "http://127.0.0.1:1/v1",
      } as const;
      await api.scaffold.saveChoices({ projectId, choices });
      await api.scaffold.handOut({ projectId });
      await expect(api.jobs.start({ projectId, ...run })).rejects.toMatchObject({
        cause: { code: "ENDPOINT_NOT_REACHABLE" },
      });
      expect((await api.jobs.current({ projectId })).latest).toBeNull();
    });

    test("waits in line, says how many are before it, and is cancelled at once while it waits", async () => {
      const { db, api } = open();
      await db.job.deleteMany();
      const [one, two] = [await newProject(), await newProject()];
      for (const { id } of [one, two]) await api.scaffold.handOut({ projectId: id });
      await api.jobs.start({ projectId: one.id, ...run });
      const second = await api.jobs.start({ projectId: two.id, ...run });
      expect(second.before).toBe(1);
      await expect(api.jobs.start({ projectId: two.id, ...run })).rejects.toMatchObject({
        cause: { code: "JOB_ACTIVE" },
      });
      expect((await api.jobs.cancel({ jobId: second.job.id })).state).toBe("cancelled");
      expect((await api.jobs.current({ projectId: two.id })).latest?.job.state).toBe("cancelled");
    });

    test("is watched to its end, and a page that comes back hears only what is new", async () => {
      const { db, api } = open();
      await db.job.deleteMany();
      const { id: projectId } = await newProject();
      await api.scaffold.handOut({ projectId });
      const { job } = await api.jobs.start({ projectId, ...run });
      const heard: string[] = [];
      const watching = (async () => {
        for await (const message of await api.jobs.watch({ jobId: job.id })) {
          heard.push((message as unknown as [string, { job: { state: string } }])[1].job.state);
        }
      })();
      const claimed = await claimNext(db, new Date());
      if (!claimed) throw new Error("nothing to claim");
      await expect.poll(() => heard).toContain("running");
      await succeedJob(db, claimed.lease, "run_x", new Date(), async () => undefined);
      await watching;
      expect(heard.at(-1)).toBe("succeeded");
      const late: unknown[] = [];
      for await (const message of await api.jobs.watch({ jobId: job.id, lastEventId: "7" }))
        late.push(message);
      expect(late).toHaveLength(1);
    });

    test("of another workspace does not exist", async () => {
      const { db, owner, api } = open();
      await db.job.deleteMany();
      const { id: projectId } = await newProject();
      await api.scaffold.handOut({ projectId });
      const { job } = await api.jobs.start({ projectId, ...run });
      const stranger = callAs(db, {
        ...owner,
        workspaceId: WorkspaceId.parse(`wsp_${"0".repeat(26)}`),
        memberId: MemberId.parse(`mbr_${"0".repeat(26)}`),
      });
      await expect(stranger.jobs.cancel({ jobId: job.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(stranger.jobs.current({ projectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(stranger.scaffold.handOut({ projectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(stranger.scaffold.read({ projectId })).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect((await api.jobs.current({ projectId })).latest?.job.state).toBe("queued");
    });
  });
});
