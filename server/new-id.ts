import { monotonicFactory } from "ulid";

const ulid = monotonicFactory();

export type IdPrefix =
  | "wsp"
  | "mbr"
  | "prj"
  | "ans"
  | "chg"
  | "rst"
  | "skc"
  | "per"
  | "scf"
  | "job"
  | "run"
  | "gte"
  | "ept"
  | "ovr"
  | "dec"
  | "jdg"
  | "ntc";

/** A prefixed ULID: sorts by time of creation, also within one millisecond of one process. */
export function newId<P extends IdPrefix>(prefix: P): `${P}_${string}` {
  return `${prefix}_${ulid()}`;
}
