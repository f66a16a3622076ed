import { type NextRequest, NextResponse } from "next/server";
import { findOriginProblem } from "#server/identity/check-origin.ts";

/**
 * Sets headers and refuses foreign hosts early. It authorises nothing: every procedure, page and route handler does
 * that itself, because proxies have been walked around before.
 */
export function proxy(request: NextRequest): NextResponse {
  const problem = findOriginProblem({
    method: request.method,
    host: request.headers.get("host"),
    origin: request.headers.get("origin"),
    secFetchSite: request.headers.get("sec-fetch-site"),
  });
  if (problem) return secure(NextResponse.json(problem, { status: 403 }), "default-src 'none'");

  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  return secure(NextResponse.next({ request: { headers } }), policy);
}

export const config = { matcher: ["/((?!_next/static|api/).*)"] };

function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates strings and Next injects its styles there; production does neither.
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Charts place their marks with style attributes; style elements still need the nonce.
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function secure(response: NextResponse, policy: string): NextResponse {
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  response.headers.set("cache-control", "private, no-store");
  return response;
}
