/** Maps data to pixels along one axis. A domain without length maps to the middle of the range. */
export function scaleLine(domain: readonly [number, number], range: readonly [number, number]) {
  const [from, to] = domain;
  const [start, end] = range;
  return (value: number): number =>
    from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
}

/** Round values inside the domain for at most `most` grid lines (the chart rules allow five). */
export function pickTicks(domain: readonly [number, number], most = 5): number[] {
  const [from, to] = domain[0] <= domain[1] ? domain : [domain[1], domain[0]];
  if (!(to > from) || !Number.isFinite(to - from)) return Number.isFinite(from) ? [from] : [];
  const rough = 10 ** Math.floor(Math.log10((to - from) / most));
  const step =
    [1, 2, 2.5, 5, 10, 20, 25, 50].map((factor) => factor * rough).find((size) => count(size) <= most) ??
    to - from;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: count(step) }, (_, i) => tidy((first + i) * step));

  function count(size: number): number {
    return Math.floor(to / size + 1e-9) - Math.ceil(from / size - 1e-9) + 1;
  }
}

/** 0.30000000000000004 -> 0.3 */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
