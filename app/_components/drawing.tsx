type Props = {
  width: number;
  height: number;
  /** What the drawing shows, for those who do not see it. */
  label: string;
  className?: string;
  children: React.ReactNode;
};

/** The sheet of a chart. Size by attributes, so that it prints, exports and survives a strict policy. */
export function Drawing({ width, height, label, className, children }: Props) {
  return (
    <svg
      className={className}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {children}
    </svg>
  );
}
