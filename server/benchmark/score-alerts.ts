import type { WeightedFigure } from "#server/benchmark/bootstrap-clusters.ts";
import type { ScoreRecord } from "#server/benchmark/mlops-schema.ts";

export type ScoredDay = { day: string; caught: number; positives: number };

type Scored = Pick<ScoreRecord, "day" | "entity" | "label" | "score">;

/**
 * Average precision of rows drawn several times or not at all: sorts once, so that a thousand draws are quick. Equal
 * scores are one step.
 */
export function weighAveragePrecision(rows: readonly Scored[]): WeightedFigure {
  const order = Array.from(rows.keys()).sort((a, b) => (rows[b]?.score ?? 0) - (rows[a]?.score ?? 0));
  const scores = order.map((at) => rows[at]?.score);
  const labels = order.map((at) => rows[at]?.label ?? 0);
  return (times) => {
    let [caught, seen, before, area] = [0, 0, 0, 0];
    order.forEach((row, at) => {
      const weight = times[row] ?? 0;
      caught += weight * (labels[at] ?? 0);
      seen += weight;
      const isEndOfTie = at + 1 === order.length || scores[at + 1] !== scores[at];
      if (!isEndOfTie || seen === 0) return;
      area += (caught - before) * (caught / seen);
      before = caught;
    });
    return caught === 0 ? Number.NaN : area / caught;
  };
}

/** What the `budget` highest rows of each day catch. Equal scores share the places that are left. */
export function catchByDay(rows: readonly Scored[], budget: number): ScoredDay[] {
  return groupByDay(rows).map(({ day, rows: ofDay }) => ({
    day,
    caught: catchTop(ofDay, budget),
    positives: ofDay.reduce((sum, { label }) => sum + label, 0),
  }));
}

/**
 * The share of real ones among the `k` highest entities of each day. An entity scores as its highest row and is real
 * when one of its rows is; one that was found on an earlier day counts no more, because its card is blocked by then.
 */
export function shareOfEntities(rows: readonly Scored[], k: number): number[] {
  const blocked = new Set<string>();
  return groupByDay(rows).map(({ rows: ofDay }) => {
    const entities = new Map<string, { entity: string; score: number; label: 0 | 1 }>();
    for (const { entity, score, label } of ofDay) {
      if (blocked.has(entity)) continue;
      const known = entities.get(entity);
      if (known === undefined) entities.set(entity, { entity, score, label });
      else {
        known.score = Math.max(known.score, score);
        if (label === 1) known.label = 1;
      }
    }
    // By name first: where scores are equal, both languages must block the same entities.
    const listed = [...entities.values()].sort((a, b) => (a.entity < b.entity ? -1 : 1));
    const share = catchTop(listed, k) / k;
    for (const { entity, label } of listed.toSorted((a, b) => b.score - a.score).slice(0, k)) {
      if (label === 1) blocked.add(entity);
    }
    return share;
  });
}

function catchTop(rows: readonly { label: 0 | 1; score: number }[], k: number): number {
  const labels = (chosen: readonly { label: 0 | 1 }[]) => chosen.reduce((sum, { label }) => sum + label, 0);
  if (rows.length <= k) return labels(rows);
  const edge = Float64Array.from(rows, ({ score }) => score).sort()[rows.length - k] ?? 0;
  const above = rows.filter(({ score }) => score > edge);
  const tied = rows.filter(({ score }) => score === edge);
  return labels(above) + ((k - above.length) * labels(tied)) / tied.length;
}

function groupByDay(rows: readonly Scored[]): { day: string; rows: Scored[] }[] {
  const days = new Map<string, Scored[]>();
  for (const row of rows) {
    const known = days.get(row.day);
    if (known === undefined) days.set(row.day, [row]);
    else known.push(row);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, ofDay]) => ({ day, rows: ofDay }));
}
