import { describe, expect, test } from "vitest";
import { findOriginProblem, isLoopbackHost } from "./check-origin.ts";

describe("a request is taken only from this machine and from our own pages", () => {
  test.each([
    ["a page opened by its address", "GET", "127.0.0.1:3000", null, "none", null],
    ["our own page posting", "POST", "localhost:3000", "http://localhost:3000", "same-origin", null],
    ["a script without a browser", "POST", "127.0.0.1:3000", null, null, null],
    ["IPv6 loopback", "GET", "[::1]:3000", null, null, null],
    ["a name that resolves to loopback", "GET", "evil.example:3000", null, "none", "HOST_REJECTED"],
    ["a look-alike address", "GET", "127.0.0.1.evil.example", null, null, "HOST_REJECTED"],
    ["no host at all", "GET", null, null, null, "HOST_REJECTED"],
    [
      "another site posting",
      "POST",
      "127.0.0.1:3000",
      "https://evil.example",
      "cross-site",
      "ORIGIN_REJECTED",
    ],
    [
      "another port of this machine",
      "POST",
      "127.0.0.1:3000",
      "http://127.0.0.1:8080",
      null,
      "ORIGIN_REJECTED",
    ],
    ["an opaque origin", "POST", "127.0.0.1:3000", "null", null, "ORIGIN_REJECTED"],
    ["a cross-site form without an origin", "POST", "127.0.0.1:3000", null, "cross-site", "ORIGIN_REJECTED"],
    [
      "another site reading with a script",
      "GET",
      "127.0.0.1:3000",
      "https://evil.example",
      "cross-site",
      "ORIGIN_REJECTED",
    ],
  ])("%s", (_title, method, host, origin, secFetchSite, code) => {
    expect(findOriginProblem({ method, host, origin, secFetchSite })?.code ?? null).toBe(code);
  });

  test("only loopback names count as this machine", () => {
    expect(["localhost", "127.9.9.9:1", "[::1]"].every(isLoopbackHost)).toBe(true);
    expect(["0.0.0.0", "10.0.0.1", "localhost.evil", "", "127.0.0.1@evil"].some(isLoopbackHost)).toBe(false);
  });
});
