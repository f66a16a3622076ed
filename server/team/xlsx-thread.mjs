// Writes one large workbook in a thread of its own: see write-large-matrix-xlsx.ts. A thread's first file is plain Node.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { writeMatrixXlsx } = await import("./matrix-xlsx.ts");
// Copied into memory of its own, which is handed over without another copy.
const bytes = new Uint8Array(await writeMatrixXlsx(workerData));
parentPort?.postMessage(bytes, [bytes.buffer]);
