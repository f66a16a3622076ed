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
  | "swp"
  | "gte"
  | "ept"
  | "ovr"
  | "dec"
  | "jdg"
  | "ntc"
  | "scd";

/** A prefixed ULID: sorts by time of creation, also within one millisecond of one process. */
export function newId<P extends IdPrefix>(prefix: P): `${P}_${string}` {
  return `${prefix}_${ulid()}`;
}
