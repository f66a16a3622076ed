import type { Project } from "#server/brief/schema.ts";
import type { RecordBody } from "#server/decision/record-schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { PilotSchedule } from "#server/plan/schema.ts";
import { TRACE_LINKS } from "./trace-links.data.ts";

const say = sayRoom("dossier");

/** What will show whether a pick was right: the task that tries it, the gate that looks at it, the figure that judges it. */
export function confirmLayers(
  { decision }: RecordBody,
  kind: Project["kind"],
  schedule: PilotSchedule,
): Record<string, string> {
  const pilot = kind === "classification" || kind === "forecast" ? "mlops" : "rag";
  return Object.fromEntries(
    decision.layers.flatMap(({ layer }) => {
      const link = TRACE_LINKS[layer];
      const task = schedule.tasks.find(({ id }) => id === link?.task[pilot]);
      const gate = task && schedule.gates.find(({ day }) => day >= task.day);
      if (!link || !task || !gate) return [];
      const tried = say("madr.confirmed", { task: task.id, title: task.title, gate: String(gate.day) });
      return [[layer, link.metric ? `${tried} ${say("madr.judged", { metric: link.metric })}` : tried]];
    }),
  );
}
