import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { readSettings } from "#server/env.ts";
import { openRayCluster } from "./run-ray-job.ts";

const token = "0123456789abcdef";
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function answerWith(listener: RequestListener, waitMs = 2_000) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return openRayCluster({ address: `http://127.0.0.1:${port}`, token, version: "2.60.0" }, waitMs);
}

const isKnown = (request: { headers: { authorization?: string | undefined } }) =>
  request.headers.authorization === `Bearer ${token}`;

describe("an address that is not a well cluster is told apart", () => {
  test("down: nothing listens", async () => {
    const cluster = openRayCluster({ address: "http://127.0.0.1:9", token, version: "2.60.0" });
    await expect(cluster.check()).rejects.toMatchObject({ code: "RAY_UNREACHABLE" });
  });

  test.each<[string, string, RequestListener]>([
    ["slow: it takes the call and says nothing", "RAY_SLOW", () => undefined],
    [
      "slow in the middle of an answer",
      "RAY_SLOW",
      (_, response) => void response.writeHead(200).write('{"ray'),
    ],
    [
      "wrong: another web server",
      "RAY_WRONG_ADDRESS",
      (_, response) => void response.end("<h1>It works</h1>"),
    ],
    ["wrong: no such page", "RAY_WRONG_ADDRESS", (_, response) => void response.writeHead(404).end()],
    [
      "wrong: it sends us elsewhere, and the token does not go along",
      "RAY_WRONG_ADDRESS",
      (_, response) => void response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
    ],
    ["it refuses the token", "RAY_TOKEN_REFUSED", (_, response) => void response.writeHead(403).end()],
    [
      "open: it asks nobody for a token",
      "RAY_OPEN",
      (_, response) => void response.end('{"ray_version": "2.60.0"}'),
    ],
    [
      "another version",
      "RAY_VERSION",
      (request, response) =>
        void (isKnown(request) ? response.end('{"ray_version": "2.9.0"}') : response.writeHead(401).end()),
    ],
    [
      "failing inside",
      "RAY_FAILED",
      (_, response) => void response.writeHead(500).end("Traceback\nOSError: no"),
    ],
    ["it hangs up", "RAY_UNREACHABLE", (request) => void request.socket.destroy()],
  ])("%s", async (_title, code, listener) => {
    const cluster = await answerWith(listener, 300);
    await expect(cluster.check()).rejects.toMatchObject({ code, kind: "unavailable" });
  });

  test("a lost answer to a submission does not make a second job", async () => {
    const submitted: string[] = [];
    const cluster = await answerWith((request, response) => {
      if (request.method === "POST") {
        submitted.push(request.url ?? "");
        return void response.writeHead(500).end("Submission with this id exists");
      }
      response.end('{"status": "RUNNING", "message": null}');
    });
    const job = {
      submissionId: "pilotage-x-1",
      entryPoint: "true",
      packageUri: "gcs://x.zip",
      variables: {},
    };
    await cluster.submit({ ...job, gpus: 0, metadata: {} });
    expect(submitted).toHaveLength(1);
    expect(await cluster.read("pilotage-x-1")).toEqual({ status: "RUNNING", message: "" });
  });
});

describe("the operator's settings", () => {
  const ray = (address?: string, more: Record<string, string> = {}) =>
    readSettings({
      PILOTAGE_EXECUTOR: "ray",
      PILOTAGE_RAY_TOKEN: token,
      ...(address === undefined ? {} : { PILOTAGE_RAY_ADDRESS: address }),
      ...more,
    }).ray;

  test.each<[string, string]>([
    ["http://127.0.0.1:8265/", "http://127.0.0.1:8265"],
    ["http://[::1]:8265", "http://[::1]:8265"],
    ["https://ray.example.com/cluster/", "https://ray.example.com/cluster"],
  ])("take %s", (given, address) => {
    expect(ray(given)).toEqual({ address, token, version: "2.60.0" });
  });

  test.each<[string, string | undefined, Record<string, string>?]>([
    ["no address", undefined],
    ["no address of the web", "ray://10.0.0.1:10001"],
    ["a user in it", "https://me:secret@ray.example.com"],
    ["a query in it", "https://ray.example.com/?a=1"],
    ["a token that would cross a network unprotected", "http://ray.example.com:8265"],
    ["a name that only begins like this machine", "http://localhost.example.com:8265"],
    ["no token", "https://ray.example.com", { PILOTAGE_RAY_TOKEN: "" }],
    ["a token with a line end", "https://ray.example.com", { PILOTAGE_RAY_TOKEN: `${token}\n` }],
  ])("refuse %s, before anything starts", (_title, address, more) => {
    expect(() => ray(address, more)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }));
  });

  test("may allow a network without TLS, and need nothing of it where benchmarks run here", () => {
    expect(ray("http://10.0.0.7:8265", { PILOTAGE_RAY_PLAIN_HTTP: "allow" })?.address).toBe(
      "http://10.0.0.7:8265",
    );
    expect(readSettings({ PILOTAGE_RAY_ADDRESS: "nonsense" })).toMatchObject({
      executor: "local",
      ray: null,
    });
  });
});
