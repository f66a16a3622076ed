import { request as httpRequest } from "node:http";
import { expect, test } from "./fixtures.ts";

type Reply = { status: number; body: string; headers: Record<string, unknown> };

const mutation = "/api/trpc/brief.createProject";
const json = { "content-type": "application/json" };

test.describe("the web refuses what does not come from its own pages", () => {
  const cases: [string, string, string, Record<string, string>, string, number, string][] = [
    ["a foreign host name", "GET", "/", { host: "evil.example" }, "", 403, "HOST_REJECTED"],
    [
      "a foreign host on the API",
      "POST",
      mutation,
      { ...json, host: "evil.example" },
      "{}",
      403,
      "HOST_REJECTED",
    ],
    [
      "another site's script",
      "POST",
      mutation,
      { ...json, origin: "https://evil.example" },
      "{}",
      403,
      "ORIGIN_REJECTED",
    ],
    ["an opaque origin", "POST", mutation, { ...json, origin: "null" }, "{}", 403, "ORIGIN_REJECTED"],
    [
      "a cross-site form",
      "POST",
      mutation,
      { ...json, "sec-fetch-site": "cross-site" },
      "{}",
      403,
      "ORIGIN_REJECTED",
    ],
    ["a form's text/plain", "POST", mutation, { "content-type": "text/plain" }, "{}", 415, "TYPE_NOT_JSON"],
    ["a mutation by GET", "GET", mutation, {}, "", 405, "METHOD_NOT_SUPPORTED"],
    ["a body that is not JSON", "POST", mutation, json, "{name:", 400, "BODY_NOT_JSON"],
    [
      "a body of 2 MiB",
      "POST",
      mutation,
      json,
      JSON.stringify({ name: "x".repeat(2 ** 21) }),
      413,
      "BODY_TOO_LARGE",
    ],
    [
      "a batch of eleven",
      "GET",
      `/api/trpc/${Array(11).fill("brief.listProjects").join(",")}?batch=1&input={}`,
      {},
      "",
      400,
      "BATCH_TOO_LARGE",
    ],
    [
      "a misspelt key",
      "POST",
      mutation,
      json,
      JSON.stringify({ name: "A", presetId: "blank", role: "owner" }),
      400,
      "UNKNOWN_FIELD",
    ],
    ["an unknown procedure", "GET", "/api/trpc/brief.nothing", {}, "", 404, "NOT_FOUND"],
    [
      "an id that is an object",
      "GET",
      `/api/trpc/brief.readProject?input=${encodeURIComponent('{"projectId":{"not":""}}')}`,
      {},
      "",
      400,
      "projectId",
    ],
    [
      "a project of nobody",
      "GET",
      `/api/trpc/brief.readProject?input=${encodeURIComponent(`{"projectId":"prj_${"0".repeat(26)}"}`)}`,
      {},
      "",
      404,
      "not found",
    ],
    ["a page of a project of nobody", "GET", `/projects/prj_${"0".repeat(26)}`, {}, "", 404, ""],
    ["a page with a malformed id", "GET", "/projects/1", {}, "", 404, ""],
  ];
  for (const [title, method, path, headers, body, status, words] of cases) {
    test(title, async ({ app }) => {
      const reply = await send(app.url, method, path, headers, body);
      expect(reply.status).toBe(status);
      expect(reply.body).toContain(words);
      expect(reply.body).not.toMatch(/\bat .+\.(ts|js):\d+|node_modules|SELECT |PrismaClient/);
    });
  }
});

test("every page carries strict headers and loads nothing from elsewhere", async ({ app, page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  const response = await page.goto("/");
  const headers = response?.headers() ?? {};
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers["content-security-policy"]).not.toContain("script-src 'unsafe");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(foreign).toEqual([]);
});

function send(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<Reply> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
