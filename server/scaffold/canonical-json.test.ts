import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashCanonicalJson, toCanonicalJson } from "./canonical-json.ts";

describe("the canonical text of a configuration", () => {
  test.each([
    ["keys in any order", { b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    ["whole numbers without a point", { a: 1.0, b: 0.8, c: -0 }, '{"a":1,"b":0.8,"c":0}'],
    ["large and small numbers as JavaScript prints them", [1e21, 1e-7, 100000], "[1e+21,1e-7,100000]"],
    ["text with line separators unescaped", "a\u2028b\n\u0001é", '"a\u2028b\\n\\u0001é"'],
    ["an absent member", { a: undefined, b: true }, '{"b":true}'],
  ])("%s", (_name, value, text) => {
    expect(toCanonicalJson(value)).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (value) => {
    expect(() => toCanonicalJson({ deep: [value] })).toThrow(RangeError);
  });

  test("does not depend on the order in which keys were written, and reads back as the same value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(hashCanonicalJson(turned)).toBe(hashCanonicalJson(value));
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
