import { rootDir } from "#server/env.ts";
import { join } from "#server/untraced-files.ts";
import { type MatrixBook, writeMatrixXlsx } from "./matrix-xlsx.ts";

/** Up to here writing takes well under 100 ms; a thread would take longer to begin. */
const CELLS_IN_THIS_THREAD = 5000;

// Under a name the bundler does not know: it would look for a thread to bundle.
const { Worker } = process.getBuiltinModule("node:worker_threads");

/** The workbook of any size. A large one is written by a thread of its own, so that nobody else waits for it. */
export function writeLargeMatrixXlsx(book: MatrixBook): Promise<Uint8Array> {
  const { catalogue, people, roles } = book;
  const cells = catalogue.skills.length * (people.length + roles.length + 9);
  return cells <= CELLS_IN_THIS_THREAD ? writeMatrixXlsx(book) : writeInThread(book);
}

function writeInThread(book: MatrixBook): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(join(rootDir, "server/team/xlsx-thread.mjs"), { workerData: book });
    thread.once("message", (bytes: Uint8Array) => {
      resolve(bytes);
      void thread.terminate();
    });
    thread.once("error", reject);
    thread.once("exit", (code) =>
      reject(new Error(`the thread that writes the workbook ended with ${code}`)),
    );
  });
}
