import { describe, expect, it } from "vitest";
import { writePlanCsv } from "./export-plan-csv.ts";
import { type CalendarQuestion, writePlanIcs } from "./export-plan-ics.ts";
import { scheduleTasks } from "./schedule-tasks.ts";

const { tasks, gates } = scheduleTasks({
  kind: "rag",
  startDate: "2026-12-01",
  holidays: [],
  states: {},
  outcomes: { 2: "go" },
});

function calendar(over: Partial<CalendarQuestion> = {}): string {
  const changedAt = "2026-11-20T10:11:12.345Z";
  return writePlanIcs({
    projectId: "prj_1",
    projectName: "Claims, desk; über 李 ".repeat(6),
    version: 3,
    changedAt,
    tasks,
    gates,
    ...over,
  });
}

describe("the plan as CSV", () => {
  const lines = writePlanCsv({ tasks, gates }).trimEnd().split("\r\n");

  it("has one row a task and a gate, by day", () => {
    expect(lines).toHaveLength(1 + tasks.length + gates.length);
    expect(lines[1]).toMatch(/^RAG-D1-1,task,1,2026-12-01,/);
    expect(lines.find((line) => line.startsWith("RAG-D2-G"))).toMatch(
      /,gate,2,2026-12-02,Scope,AI Product Lead,.*,go$/,
    );
  });
});

describe("the plan as a calendar", () => {
  const text = calendar();
  const unfolded = text.replaceAll("\r\n ", "").split("\r\n");

  it("keeps every line within 75 octets, ended by CRLF, and cuts no character", () => {
    const lines = text.split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text).not.toContain("\uFFFD");
    expect(unfolded.find((line) => line.startsWith("SUMMARY:Pilot"))).toContain("Claims\\, desk\\; über 李");
  });

  it("has the pilot, each task and each gate as whole days with an exclusive end", () => {
    expect(unfolded.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1 + tasks.length + gates.length);
    const pilot = unfolded.slice(unfolded.indexOf("UID:pilot@prj_1"), unfolded.indexOf("UID:RAG-D1-1@prj_1"));
    expect(pilot).toEqual(
      expect.arrayContaining(["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261215"]),
    );
    expect(unfolded).toContain("DTSTAMP:20261120T101112Z");
  });

  it("is the same for the same version, and a new version keeps every UID and raises the sequence", () => {
    expect(calendar()).toBe(text);
    const uids = (ics: string) => ics.replaceAll("\r\n ", "").match(/^UID:.*$/gm);
    expect(uids(calendar({ version: 4 }))).toEqual(uids(text));
    expect(calendar({ version: 4 })).toContain("SEQUENCE:4");
  });

  it("without dates there is nothing to put on a calendar", () => {
    const undated = tasks.map((task) => ({ ...task, date: null }));
    expect(calendar({ tasks: undated, gates: [] })).not.toContain("VEVENT");
  });
});
