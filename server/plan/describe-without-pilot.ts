import type { ProjectKind } from "#server/brief/schema.ts";

/** Said plainly where the ten days stand and no pilot is handed out. Null where one is. */
export function describeWithoutPilot(kind: ProjectKind | null, onDevice: boolean): string | null {
  if (onDevice) {
    return "This project runs on the user's device, and no pilot is generated for it. The days, gates and handoff hold; where a task names the service, read the application on the device.";
  }
  if (kind === "engine") {
    return "No pilot is generated for a native engine. The days, gates and handoff hold; where a task names answers or documents, read the engine's own inputs and outputs.";
  }
  if (kind === "classification" || kind === "forecast") {
    return "The plan of an MLOps pilot stands. Its project is not generated yet, so the scaffold of day 1 is yours.";
  }
  return null;
}
