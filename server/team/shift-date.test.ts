import { describe, expect, it } from "vitest";
import { CalendarDate } from "./schema.ts";
import { countDays, dateOfDay, dayNumber, shiftDate, weekdayOf } from "./shift-date.ts";

describe("calendar dates", () => {
  it("every day of 2000 to 2100 follows the day before it and keeps its weekday", () => {
    const first = dayNumber("2000-01-01");
    const last = dayNumber("2100-12-31");
    expect(last - first).toBe(36_889);
    for (let day = first; day <= last; day += 1) {
      const date = dateOfDay(day);
      const utc = new Date(day * 86_400_000);
      if (date !== utc.toISOString().slice(0, 10)) throw new Error(`${date} against ${utc.toISOString()}`);
      if (weekdayOf(date) !== (utc.getUTCDay() + 6) % 7) throw new Error(`weekday of ${date}`);
      if (dayNumber(date) !== day || !CalendarDate.safeParse(date).success) throw new Error(date);
    }
  });

  it.each([
    ["2026-12-01", 1, "2026-12-02"],
    ["2027-02-28", 1, "2027-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2027-01-01", -1, "2026-12-31"],
    ["2027-03-28", 1, "2027-03-29"],
  ])("%s and %i days is %s, also where clocks change", (date, days, result) => {
    expect(shiftDate(date, days)).toBe(result);
    expect(countDays(date, result)).toBe(days);
  });

  it.each([
    "2026-02-29",
    "2026-02-31",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "1999-12-31",
    "2101-01-01",
    "9999-01-01",
    "2026-1-1",
    "26-01-01",
    "2026-12-01T00:00:00Z",
    " 2026-12-01",
    "",
    "tomorrow",
    "２０２６-12-01",
  ])("%j is not a date", (text) => {
    const parsed = CalendarDate.safeParse(text);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]).toMatchObject({ code: "custom", params: { code: "DATE_INVALID" } });
  });

  it.each(["2000-01-01", "2000-02-29", "2028-02-29", "2100-12-31"])("%s is a date", (text) => {
    expect(CalendarDate.safeParse(text).success).toBe(true);
  });
});
