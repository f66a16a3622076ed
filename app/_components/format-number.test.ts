import { describe, expect, test } from "vitest";
import { formatBytes, formatDuration, formatNumber, formatShare } from "./format-number.ts";

/** Shown as _ in the table: a space that does not break. */
const shown = (text: string) => text.replaceAll("\u00a0", "_");

describe("a number never breaks over two lines and keeps its unit", () => {
  const cases: [string, string, string][] = [
    ["thousands", formatNumber(2400), "2_400"],
    ["a unit", formatNumber(1.8, { digits: 2, unit: "s" }), "1.80_s"],
    ["a negative number has a real minus", formatNumber(-2.8), "−2.8"],
    ["a signed number", formatNumber(12, { signed: true, digits: 1 }), "+12.0"],
    ["zero has no sign", formatNumber(0, { signed: true }), "0"],
    ["another language", formatNumber(38000.5, { locale: "de-DE" }), "38_000,5"],
    ["a share", formatShare(0.778, { digits: 1 }), "77.8_%"],
    ["milliseconds", formatDuration(640), "640_ms"],
    ["seconds", formatDuration(1770), "1.77_s"],
    ["minutes", formatDuration(250_000), "4_min_10_s"],
    ["hours", formatDuration(7_500_000), "2_h_5_min"],
    ["bytes", formatBytes(2_400_000), "2.4_MB"],
    ["no bytes", formatBytes(0), "0_B"],
  ];
  test.each(cases)("%s", (_, written, expected) => {
    expect(shown(written)).toBe(expected);
  });
});
