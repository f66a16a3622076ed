import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inWorkspace } from "#server/cli/open-workspace.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-upload-"));
let POST: (request: Request) => Promise<Response>;
const before = process.env.PILOTAGE_DATA_DIR;
beforeAll(async () => {
  process.env.PILOTAGE_DATA_DIR = dataDir;
  await inWorkspace(async () => undefined);
  ({ POST } = await import("./route.ts"));
}, 60_000);
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  if (before === undefined) delete process.env.PILOTAGE_DATA_DIR;
  else process.env.PILOTAGE_DATA_DIR = before;
});

const MEBIBYTE = 1024 * 1024;

/** Sends pieces of a mebibyte for as long as somebody takes them. */
function makeBody(pieces: number) {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent === pieces) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(MEBIBYTE).fill(0x20));
    },
  });
  return { body, sent: () => sent };
}

test.each([
  ["that says so", { "content-length": String(200 * MEBIBYTE) }, 2],
  ["that does not say how long it is", {}, 53],
])(
  "a report of 200 MiB %s is refused with its size, and the rest of it is never read",
  async (_, more, most) => {
    const { body, sent } = makeBody(200);
    const headers = { host: "127.0.0.1", "content-type": "application/json", ...more };
    const request = new Request("http://127.0.0.1/api/trpc/reports.upload", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    const response = await POST(request);
    expect(response.status).toBe(413);
    expect(await response.text()).toMatch(/BODY_TOO_LARGE.*50\.0 MiB/);
    expect(sent()).toBeLessThanOrEqual(most);
  },
);
