import { sayRoom } from "#server/messages/say.ts";
import type { Gate, Task } from "./schema.ts";
import { OWNER_NAMES } from "./tasks.data.ts";

const say = sayRoom("plan");

/** Rows of the plan, tasks and gates by day. No byte order mark: programs read it. */
export function writePlanCsv({ tasks, gates }: { tasks: Task[]; gates: Gate[] }): string {
  const rows = [
    ...tasks.map((t) => ({
      day: t.day,
      row: [say("csv.task"), t.dod, t.dependsOn.join(" "), t.status] as const,
      item: t,
    })),
    ...gates.map((g) => ({
      day: g.day,
      row: [say("csv.gate"), g.criteria.join(" "), "", g.outcome ?? say("csv.open")] as const,
      item: g,
    })),
  ].sort((a, b) => a.day - b.day);
  const cells = rows.map(({ row: [type, dod, waits, status], item }) => [
    item.id,
    type,
    item.day,
    item.date ?? "",
    item.title,
    item.ownerRole.map((owner) => OWNER_NAMES[owner]).join(say("nextInList")),
    dod,
    item.artefact.what,
    waits,
    status,
  ]);
  return [say("csv.head"), ...cells.map((row) => row.map(toCell).join(","))]
    .map((line) => `${line}\r\n`)
    .join("");
}

/** The words are our own and the rest are ids, dates and states, so nothing here can begin a formula. */
function toCell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
