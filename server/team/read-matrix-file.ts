import type { ReadTables } from "./import-schema.ts";
import { parseCsv } from "./parse-csv.ts";
import { readTables } from "./read-tables-xlsx.ts";

/** The content decides what it is, not the name: a workbook is a zip, anything else is read as CSV. */
export async function readMatrixFile(bytes: Uint8Array): Promise<ReadTables> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? readTables(bytes) : parseCsv(bytes);
}
