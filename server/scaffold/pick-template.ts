import type { ProjectKind } from "#server/brief/schema.ts";
import type { ProjectTemplate } from "./pilot-schema.ts";

/** Which pilot a project of this kind gets, if it gets one. A project that nobody has named yet is taken for one that answers. */
export function pickTemplate(kind: ProjectKind | null): ProjectTemplate {
  return kind === "classification" || kind === "forecast" ? "mlops" : "rag";
}
