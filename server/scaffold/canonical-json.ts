import { createHash } from "node:crypto";

/**
 * One text per value, on both sides of the fence: keys sorted by UTF-16 code unit, no blanks, numbers as
 * ECMAScript prints them (1.0 is `1`), as RFC 8785. A pilot in Python must print the same bytes to agree on a hash.
 * @throws RangeError for NaN and infinities, which JSON does not have
 */
export function toCanonicalJson(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no JSON form`);
  }
  if (Array.isArray(value)) return `[${value.map((item) => toCanonicalJson(item)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** What a report calls `configSha256`. */
export function hashCanonicalJson(value: unknown): string {
  return sha256Of(toCanonicalJson(value));
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
