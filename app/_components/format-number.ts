/** Thousands and units take a space that does not break: `2 400`, `95 %`, `1.77 s`. */
export const NO_BREAK_SPACE = "\u00a0";
const MINUS = "−";

export type NumberStyle = {
  locale?: string;
  /** Digits after the decimal sign; without it as many as the value has, at most three. */
  digits?: number;
  /** Written after the number, parted by a no-break space. */
  unit?: string;
  /** Writes + before a positive number. */
  signed?: boolean;
};

export function formatNumber(value: number, style: NumberStyle = {}): string {
  const { locale = "en-GB", digits, unit, signed = false } = style;
  const written = keepFormat(locale, digits, signed)
    .formatToParts(value)
    .map((part) => {
      if (part.type === "group") return NO_BREAK_SPACE;
      if (part.type === "minusSign") return MINUS;
      return part.value;
    })
    .join("");
  return unit === undefined ? written : written + NO_BREAK_SPACE + unit;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs a hundred times what using one does; a page writes many numbers in few styles. */
function keepFormat(locale: string, digits: number | undefined, signed: boolean): Intl.NumberFormat {
  const key = `${locale} ${digits} ${signed}`;
  const kept =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits ?? 0,
      maximumFractionDigits: digits ?? 3,
      signDisplay: signed ? "exceptZero" : "negative",
    });
  formats.set(key, kept);
  return kept;
}

/** A share between 0 and 1 as a percentage: 0.778 -> `77.8 %`. */
export function formatShare(share: number, style: Omit<NumberStyle, "unit"> = {}): string {
  return formatNumber(share * 100, { ...style, digits: style.digits ?? 0, unit: "%" });
}

/** Milliseconds in the unit a person would use: `640 ms`, `1.77 s`, `4 min 10 s`, `2 h 5 min`. */
export function formatDuration(ms: number, locale?: string): string {
  const say = (value: number, unit: string, digits?: number) =>
    formatNumber(value, { unit, ...(digits === undefined ? {} : { digits }), ...(locale ? { locale } : {}) });
  if (ms < 1_000) return say(Math.round(ms), "ms");
  if (ms < 10_000) return say(ms / 1_000, "s", 2);
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return say(seconds, "s");
  if (seconds < 3_600) return pair(say(Math.floor(seconds / 60), "min"), seconds % 60, "s");
  return pair(say(Math.floor(seconds / 3_600), "h"), Math.floor((seconds % 3_600) / 60), "min");

  function pair(head: string, rest: number, unit: string): string {
    return rest === 0 ? head : `${head}${NO_BREAK_SPACE}${say(rest, unit)}`;
  }
}

/** Bytes in decimal units, as disks and networks count: `2.4 MB`. */
export function formatBytes(bytes: number, locale?: string): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1_000 ** power;
  return formatNumber(value, {
    unit: units[power] ?? "B",
    digits: power === 0 || value >= 100 ? 0 : 1,
    ...(locale ? { locale } : {}),
  });
}
