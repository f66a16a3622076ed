import { sayRoom } from "#server/messages/say.ts";
import type { TensorBackendName } from "./schema.ts";

const say = sayRoom("hardware");

/** A matrix that lives on the device; only its backend can read it. */
export type DeviceMatrix = { rows: number; columns: number; release: () => void };

/** The little of a tensor library that is measured here. */
export type TensorBackend = {
  version: string;
  /** Row-major values. */
  upload: (values: Float32Array, rows: number, columns: number) => DeviceMatrix;
  /** The product, read back: a result that was not read may not have been computed. */
  multiply: (a: DeviceMatrix, b: DeviceMatrix) => Float32Array;
};

export type Candidate = { name: TensorBackendName; load: () => Promise<TensorBackend> };

export type PickedBackend = {
  name: TensorBackendName;
  backend: TensorBackend;
  refused: { backend: TensorBackendName; reason: string }[];
};

/**
 * The first candidate that loads and computes a small product rightly. A half-installed native package throws at
 * import, or loads and returns zeros; neither may stop anything, so everything is caught and said.
 * Null when none passes.
 */
export async function pickBackend(
  candidates: readonly Candidate[],
): Promise<PickedBackend | { name: null; refused: PickedBackend["refused"] }> {
  const refused: PickedBackend["refused"] = [];
  for (const { name, load } of candidates) {
    try {
      const backend = await load();
      const problem = findWrongProduct(backend);
      if (problem === null) return { name, backend, refused };
      refused.push({ backend: name, reason: problem });
    } catch (error) {
      refused.push({ backend: name, reason: sayReason(error) });
    }
  }
  return { name: null, refused };
}

/** [1 2 3; 4 5 6] x [7 8; 9 10; 11 12], small whole numbers that every float32 holds exactly. */
function findWrongProduct(backend: TensorBackend): string | null {
  const a = backend.upload(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3);
  const b = backend.upload(Float32Array.of(7, 8, 9, 10, 11, 12), 3, 2);
  const product = [...backend.multiply(a, b)];
  a.release();
  b.release();
  return product.join() === "58,64,139,154"
    ? null
    : say("wrongProduct", { product: product.slice(0, 8).join(", ") });
}

function sayReason(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") return say("notInstalled");
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] || say("noMessage")).slice(0, 300);
}
