/**
 * Six kinds, one table to HTTP and one to exit codes. The precise `code` (for example `VERSION_CONFLICT`) is a
 * literal of the room that throws it. An outcome the caller must choose on is a union, not an error.
 */
export type ErrorKind = "invalid" | "forbidden" | "absent" | "conflict" | "unavailable" | "internal";

export const httpStatus = {
  invalid: 400,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorKind, number>;

export const trpcCode = {
  invalid: "BAD_REQUEST",
  forbidden: "FORBIDDEN",
  absent: "NOT_FOUND",
  conflict: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorKind, string>;

export type ErrorDetail = {
  /** Where: a key path or a JSON pointer. */
  path?: string;
  /** What to do. */
  hint?: string;
  /** Both values of a conflict, or the list of problems. */
  data?: unknown;
  /** For the terminal; without it 65 for `invalid`, 66 for `absent` and so on. */
  exitCode?: number;
};

/** An expected error: says what, where and what to do. Its message is part of the contract and safe to show. */
export class PilotageError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly detail: ErrorDetail;
  constructor(kind: ErrorKind, code: string, message: string, detail: ErrorDetail = {}) {
    super(message);
    this.name = "PilotageError";
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}
