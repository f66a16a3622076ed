import { expect, test } from "vitest";
import { formatDateTime, formatDay, formatTime, formatWeekday } from "./format-date.ts";

test.each([
  ["a day", formatDay("2026-12-10"), "10 Dec"],
  ["a day with its year", formatDay("2026-12-10", { year: true }), "10 Dec 2026"],
  ["a weekday", formatWeekday("2026-12-10"), "Thu 10 Dec"],
  [
    "a calendar day stays itself in every zone",
    formatDay("2026-12-01", { timeZone: "America/Los_Angeles" }),
    "1 Dec",
  ],
  ["an instant in its zone", formatTime("2026-12-10T13:02:00Z", { timeZone: "Europe/Berlin" }), "14:02"],
  ["midnight is 00, not 24", formatTime("2026-12-10T00:00:00Z", { timeZone: "UTC" }), "00:00"],
  ["day and time", formatDateTime("2026-12-10T13:02:00Z", { timeZone: "UTC" }), "10 Dec 2026 13:02"],
  ["another language", formatDay("2026-12-10", { locale: "de-DE", year: true }), "10. Dez. 2026"],
])("%s", (_, written, expected) => {
  expect(written).toBe(expected);
});
