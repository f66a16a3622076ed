import { describe, expect, it } from "vitest";
import { readView, writeView } from "./read-view.ts";

const read = (query: Record<string, string | string[]>) => readView(query, ["S05", "S06"], ["AIPE"]);

describe("the address of the matrix", () => {
  it.each([
    ["/t", {}],
    [
      "/t?show=gap&rows=pilot&could=show&role=AIPE&skill=S05",
      { show: "gap", rows: "pilot", could: "show", role: "AIPE", skill: "S05" },
    ],
    ["/t?show=held", { show: "held" }],
  ] as [string, Record<string, string>][])("%s comes back unchanged", (address, query) => {
    expect(writeView("/t", read(query))).toBe(address);
  });

  it.each([{ show: "everything" }, { skill: "S99" }, { role: "<script>" }, { show: ["held", "gap"] }])(
    "%j falls back to what is known",
    (query) => {
      expect(writeView("/t", read(query as Record<string, string>))).toBe("/t");
    },
  );
});
