export type Tick = { at: number; label: string; strong?: boolean };

/** Labels under the plot, grid lines through it, the title once with its unit. */
export function XAxis(props: {
  ticks: Tick[];
  y: number;
  gridTop?: number;
  title?: string;
  titleX?: number;
}) {
  const { ticks, y, gridTop, title, titleX } = props;
  return (
    <g>
      {ticks.map((tick) => (
        <g key={`${tick.at} ${tick.label}`}>
          {gridTop !== undefined && <path className="grid" d={`M${tick.at} ${gridTop}V${y}`} />}
          <text x={tick.at} y={y + 15} textAnchor="middle" className={tick.strong ? "strong" : undefined}>
            {tick.label}
          </text>
        </g>
      ))}
      {title && (
        <text x={titleX ?? ticks.at(-1)?.at ?? 0} y={y + 31} textAnchor="end">
          {title}
        </text>
      )}
    </g>
  );
}

/** Labels left of the plot, grid lines across it, the title above. */
export function YAxis(props: {
  ticks: Tick[];
  x: number;
  gridRight?: number;
  title?: string;
  titleY?: number;
}) {
  const { ticks, x, gridRight, title, titleY } = props;
  return (
    <g>
      {ticks.map((tick) => (
        <g key={`${tick.at} ${tick.label}`}>
          {gridRight !== undefined && <path className="grid" d={`M${x} ${tick.at}H${gridRight}`} />}
          <text x={x - 8} y={tick.at + 4} textAnchor="end" className={tick.strong ? "strong" : undefined}>
            {tick.label}
          </text>
        </g>
      ))}
      {title && (
        <text x={x - 8} y={titleY ?? 10} textAnchor="start">
          {title}
        </text>
      )}
    </g>
  );
}

/** The target is always one ink line, labelled at its end. */
export function TargetLine({
  x,
  top,
  bottom,
  label,
}: {
  x: number;
  top: number;
  bottom: number;
  label: string;
}) {
  return (
    <g>
      <path className="target" d={`M${x} ${top}V${bottom}`} />
      <text x={x} y={top - 5} textAnchor="middle" className="strong halo">
        {label}
      </text>
    </g>
  );
}
