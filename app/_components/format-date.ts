export type DateStyle = {
  locale?: string;
  /** IANA name. Without it the server's zone, which in local mode is the reader's. */
  timeZone?: string;
};

/** An instant or a calendar day (`2026-12-10`) as `10 Dec`; with the year where it is asked for: `10 Dec 2026`. */
export function formatDay(date: string | Date, style: DateStyle & { year?: boolean } = {}): string {
  return write(date, style, {
    day: "numeric",
    month: "short",
    ...(style.year ? { year: "numeric" } : {}),
  });
}

/** `Thu 10 Dec` */
export function formatWeekday(date: string | Date, style: DateStyle = {}): string {
  return write(date, style, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** `14:02` */
export function formatTime(date: string | Date, style: DateStyle = {}): string {
  return write(date, style, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `10 Dec 2026 14:02` */
export function formatDateTime(date: string | Date, style: DateStyle = {}): string {
  return `${formatDay(date, { ...style, year: true })} ${formatTime(date, style)}`;
}

function write(date: string | Date, style: DateStyle, parts: Intl.DateTimeFormatOptions): string {
  // A calendar day has no zone: reading it in the local one would move it by a day west of Greenwich.
  const isCalendarDay = typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date);
  const timeZone = isCalendarDay ? "UTC" : style.timeZone;
  const options = { ...parts, ...(timeZone ? { timeZone } : {}) };
  const format = keepFormat(style.locale ?? "en-GB", options);
  return format.format(typeof date === "string" ? new Date(date) : date);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using one does; a page writes dozens of dates in few styles. */
function keepFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const kept = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, kept);
  return kept;
}
