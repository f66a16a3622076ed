import { parentPort, workerData } from "node:worker_threads";
import { type MatrixBook, writeMatrixXlsx } from "./matrix-xlsx.ts";

// Runs in a thread of its own: see write-large-matrix-xlsx.ts.
const bytes = await writeMatrixXlsx(workerData as MatrixBook);
// Copied into memory of its own, which is handed over without another copy.
const own = new Uint8Array(bytes);
parentPort?.postMessage(own, [own.buffer]);
