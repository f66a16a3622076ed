import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepMachine, type Probe, readMachine } from "./keep-machine.ts";
import type { MachineProfile, TensorBackendName } from "./schema.ts";

const now = new Date("2026-11-20T10:00:00Z");
const rate = { median: 8, lowest: 7, highest: 9, repeats: 15 };
const profile = (backend: TensorBackendName = "wasm"): MachineProfile => ({
  schemaVersion: 1,
  measuredAt: now.toISOString(),
  backend,
  backendVersion: "4.22.0",
  refused: [],
  cpu: "Example CPU",
  cores: 2,
  memoryBytes: 8e9,
  os: "Linux 6.1",
  node: "20.20.0",
  matrixProduct: { size: 512, gflops: rate },
  vectorScan: { vectors: 50_000, dimensions: 384, gigabytesPerSecond: rate },
});
const folder = () => mkdtemp(join(tmpdir(), "pilotage-machine-"));
const measured = (): Promise<Probe> => Promise.resolve({ outcome: "measured", profile: profile() });
const never = (): Promise<Probe> => Promise.reject(new Error("must not be measured again"));

test("a machine is measured once and then read", async () => {
  const dataDir = await folder();
  expect(await readMachine(dataDir)).toBeNull();
  expect(await keepMachine(dataDir, now, measured)).toMatchObject({ outcome: "measured" });
  expect(await readMachine(dataDir)).toEqual(profile());
  expect(await keepMachine(dataDir, now, never)).toMatchObject({ outcome: "kept" });
});

test("after a week it is measured again", async () => {
  const dataDir = await folder();
  await keepMachine(dataDir, now, measured);
  const later = new Date(now.getTime() + 8 * 24 * 3_600_000);
  expect(await keepMachine(dataDir, later, measured)).toMatchObject({ outcome: "measured" });
});

test("a native library that ends the process is left out the second time, and said", async () => {
  const dataDir = await folder();
  const asked: (readonly TensorBackendName[])[] = [];
  const probe = (names: readonly TensorBackendName[]): Promise<Probe> => {
    asked.push(names);
    return asked.length === 1
      ? Promise.resolve({
          outcome: "failed",
          reason: "the measuring process ended with SIGILL",
          crashed: true,
        })
      : measured();
  };
  const kept = await keepMachine(dataDir, now, probe);
  expect(asked).toEqual([
    ["tfjs-node-gpu", "tfjs-node", "wasm", "cpu"],
    ["wasm", "cpu"],
  ]);
  expect(kept).toMatchObject({
    profile: { refused: [{ backend: "tfjs-node-gpu" }, { backend: "tfjs-node" }] },
  });
});

test("a machine that cannot be measured is told so and nothing is written", async () => {
  const dataDir = await folder();
  const probe = (): Promise<Probe> =>
    Promise.resolve({ outcome: "failed", reason: "no SIMD", crashed: false });
  expect(await keepMachine(dataDir, now, probe)).toEqual({ outcome: "failed", reason: "no SIMD" });
  expect(await readMachine(dataDir)).toBeNull();
});

test("a damaged file reads as not measured and is replaced", async () => {
  const dataDir = await folder();
  await writeFile(join(dataDir, "machine.json"), "{");
  expect(await readMachine(dataDir)).toBeNull();
  expect(await keepMachine(dataDir, now, measured)).toMatchObject({ outcome: "measured" });
  expect(JSON.parse(await readFile(join(dataDir, "machine.json"), "utf8"))).toEqual(profile());
});
