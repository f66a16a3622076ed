import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** The parts of a request that say where it comes from. Forwarded headers are not among them: nobody set them for us. */
export type RequestOrigin = {
  method: string;
  host: string | null;
  origin: string | null;
  secFetchSite: string | null;
};

export type OriginProblem = { code: "HOST_REJECTED" | "ORIGIN_REJECTED"; message: string };

/**
 * Local mode trusts whoever reaches the loopback address, so a web page elsewhere must not be able to: neither by a
 * name that resolves to 127.0.0.1 (Host), nor by a form or script (Origin, Sec-Fetch-Site).
 *
 * @returns null when the request may go on
 */
export function findOriginProblem(request: RequestOrigin): OriginProblem | null {
  if (!isLoopbackHost(request.host)) {
    return { code: "HOST_REJECTED", message: say("HOST_REJECTED.said") };
  }
  if (request.origin !== null && !isSameOrigin(request.origin, request.host)) {
    return { code: "ORIGIN_REJECTED", message: say("ORIGIN_REJECTED.said") };
  }
  const site = request.secFetchSite;
  const changesState = request.method !== "GET" && request.method !== "HEAD";
  if (changesState && site !== null && site !== "same-origin" && site !== "none") {
    return { code: "ORIGIN_REJECTED", message: say("ORIGIN_REJECTED.said") };
  }
  return null;
}

/** `host` as in the Host header, with or without a port. */
export function isLoopbackHost(host: string | null): boolean {
  if (host === null) return false;
  const name = host.replace(/:\d+$/, "");
  return name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** An opaque origin ("null") is never ours. */
function isSameOrigin(origin: string, host: string | null): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
