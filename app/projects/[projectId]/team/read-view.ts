export type Show = "required" | "held" | "gap";
export type By = "roles" | "people";
export type MatrixView = {
  show: Show;
  by: By;
  /** Only the skills that this pilot needs. */
  pilotOnly: boolean;
  withCould: boolean;
  /** The skill that is explained in the margin. */
  skill: string | null;
  /** The role that is drawn in the margin. */
  role: string | null;
};

type Query = Record<string, string | string[] | undefined>;

/** Levels that are held belong to people, the others to roles, until somebody turns the table. */
export function usualColumns(show: Show): By {
  return show === "held" ? "people" : "roles";
}

/** The page's state is its address: a view can be sent, reloaded and printed. Anything unknown falls to the default. */
export function readView(query: Query, skills: readonly string[], roles: readonly string[]): MatrixView {
  const one = (key: string) => (typeof query[key] === "string" ? query[key] : null);
  const among = (key: string, allowed: readonly string[]) =>
    allowed.find((value) => value === one(key)) ?? null;
  const show = (among("show", ["held", "gap"]) ?? "required") as Show;
  return {
    show,
    by: (among("by", ["roles", "people"]) ?? usualColumns(show)) as By,
    pilotOnly: one("rows") === "pilot",
    withCould: one("could") === "show",
    skill: among("skill", skills),
    role: among("role", roles),
  };
}

export function writeView(base: string, view: MatrixView): string {
  const query = new URLSearchParams();
  if (view.show !== "required") query.set("show", view.show);
  if (view.by !== usualColumns(view.show)) query.set("by", view.by);
  if (view.pilotOnly) query.set("rows", "pilot");
  if (view.withCould) query.set("could", "show");
  if (view.role) query.set("role", view.role);
  if (view.skill) query.set("skill", view.skill);
  const text = query.toString();
  return text ? `${base}?${text}` : base;
}
