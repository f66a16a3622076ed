import { describe, expect, test } from "vitest";
import { BACKENDS, keepBackends } from "./load-backends.ts";
import { measureMachine } from "./measure-machine.ts";
import { type Candidate, type DeviceMatrix, pickBackend, type TensorBackend } from "./pick-backend.ts";
import { MachineProfile } from "./schema.ts";

/** A backend in ten lines; `wrong` returns zeros, as a library without its kernels does. */
function makeBackend(wrong = false): TensorBackend {
  const held = new Map<DeviceMatrix, Float32Array>();
  return {
    version: "test",
    upload: (values, rows, columns) => {
      const matrix: DeviceMatrix = { rows, columns, release: () => held.delete(matrix) };
      held.set(matrix, values);
      return matrix;
    },
    multiply: (a, b) => {
      const [left, right] = [held.get(a) ?? [], held.get(b) ?? []];
      return Float32Array.from({ length: a.rows * b.columns }, (_, at) => {
        if (wrong) return 0;
        const [row, column] = [Math.floor(at / b.columns), at % b.columns];
        let sum = 0;
        for (let i = 0; i < a.columns; i += 1) {
          sum += (left[row * a.columns + i] ?? 0) * (right[i * b.columns + column] ?? 0);
        }
        return sum;
      });
    },
  };
}

const fails = (name: Candidate["name"], error: unknown): Candidate => ({
  name,
  load: () => Promise.reject(error),
});
const works = (name: Candidate["name"], wrong = false): Candidate => ({
  name,
  load: () => Promise.resolve(makeBackend(wrong)),
});
const notInstalled = Object.assign(new Error("Cannot find package '@tensorflow/tfjs-node'"), {
  code: "ERR_MODULE_NOT_FOUND",
});

describe("the best backend that computes rightly is picked", () => {
  test.each([
    [
      "everything installed",
      [works("tfjs-node-gpu"), works("tfjs-node"), works("wasm")],
      "tfjs-node-gpu",
      [],
    ],
    [
      "no native package",
      [fails("tfjs-node-gpu", notInstalled), fails("tfjs-node", notInstalled), works("wasm")],
      "wasm",
      ["not installed", "not installed"],
    ],
    [
      "a native package without its binary",
      [
        fails("tfjs-node", new Error("The Node.js native addon module can not be found\nat …")),
        works("wasm"),
      ],
      "wasm",
      ["The Node.js native addon module can not be found"],
    ],
    [
      "a backend that loads and computes zeros",
      [works("tfjs-node", true), works("wasm")],
      "wasm",
      ["computed a wrong product: 0, 0, 0, 0"],
    ],
    ["something that throws no error object", [fails("wasm", "no SIMD"), works("cpu")], "cpu", ["no SIMD"]],
    [
      "nothing at all",
      [fails("wasm", new Error("")), works("cpu", true)],
      null,
      ["failed without a message"],
    ],
  ] as const)("%s", async (_name, candidates, name, reasons) => {
    const picked = await pickBackend(candidates);
    expect(picked.name).toBe(name);
    expect(picked.refused.map(({ reason }) => reason)).toEqual(expect.arrayContaining([...reasons]));
  });
});

test("a load that throws at once is caught like one that fails later", async () => {
  const throws: Candidate = {
    name: "tfjs-node",
    load: () => {
      throw new Error("bad addon");
    },
  };
  expect(await pickBackend([throws, works("wasm")])).toMatchObject({
    name: "wasm",
    refused: [{ backend: "tfjs-node", reason: "bad addon" }],
  });
});

test.each(["wasm", "cpu"] as const)("the installed %s backend computes rightly here", async (name) => {
  expect((await pickBackend(keepBackends([name]))).name).toBe(name);
});

test("without the native packages WebAssembly is picked, and it says what was not there", async () => {
  const picked = await pickBackend(BACKENDS);
  expect(["tfjs-node-gpu", "tfjs-node", "wasm"]).toContain(picked.name);
  if (picked.name === "wasm")
    expect(picked.refused.map(({ backend }) => backend)).toEqual(["tfjs-node-gpu", "tfjs-node"]);
});

test("rates are the middle of the repeats, with the slowest and the fastest", async () => {
  // Each repeat takes longer by a millisecond: 1, 2, 3, 4, 5.
  let reading = 0;
  let now = 0;
  const clockMs = () => {
    reading += 1;
    if (reading % 2 === 0) now += ((reading / 2 - 1) % 5) + 1;
    return now;
  };
  const profile = await measureMachine([works("cpu")], new Date("2026-11-20T10:00:00Z"), clockMs, {
    matrix: 10,
    vectors: 100,
    dimensions: 10,
    repeats: 5,
  });
  expect(MachineProfile.parse(profile)).toMatchObject({
    backend: "cpu",
    // 2 * 10^3 operations in 3 ms.
    matrixProduct: { size: 10, gflops: { median: 0.000667, lowest: 0.0004, highest: 0.002, repeats: 5 } },
    // 4 * 100 * 10 bytes in 3 ms.
    vectorScan: { gigabytesPerSecond: { median: 0.00133, lowest: 0.0008, highest: 0.004 } },
  });
});

test("a machine on which nothing computes is an error that names every reason", async () => {
  const nothing = [fails("wasm", new Error("no SIMD")), works("cpu", true)];
  await expect(measureMachine(nothing, new Date(0), () => 0)).rejects.toThrow(
    "wasm: no SIMD; cpu: computed a wrong product",
  );
});
