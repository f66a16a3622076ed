import {
  type DateStyle,
  formatDateTime,
  formatDay,
  formatTime,
  formatWeekday,
} from "#app/_components/format-date.ts";
import {
  formatBytes,
  formatDuration,
  formatNumber,
  formatShare,
  type NumberStyle,
} from "#app/_components/format-number.ts";

export type Format = ReturnType<typeof makeFormat>;

const made = new Map<string, Format>();

/** Numbers and dates as the reader's locale writes them. */
export function formatIn(locale: string): Format {
  const format = made.get(locale) ?? makeFormat(locale);
  made.set(locale, format);
  return format;
}

function makeFormat(locale: string) {
  return {
    number: (value: number, style: Omit<NumberStyle, "locale"> = {}) =>
      formatNumber(value, { ...style, locale }),
    share: (share: number, style: Omit<NumberStyle, "unit" | "locale"> = {}) =>
      formatShare(share, { ...style, locale }),
    duration: (ms: number) => formatDuration(ms, locale),
    bytes: (bytes: number) => formatBytes(bytes, locale),
    day: (date: string | Date, style: Omit<DateStyle, "locale"> & { year?: boolean } = {}) =>
      formatDay(date, { ...style, locale }),
    weekday: (date: string | Date, style: Omit<DateStyle, "locale"> = {}) =>
      formatWeekday(date, { ...style, locale }),
    time: (date: string | Date, style: Omit<DateStyle, "locale"> = {}) =>
      formatTime(date, { ...style, locale }),
    dateTime: (date: string | Date, style: Omit<DateStyle, "locale"> = {}) =>
      formatDateTime(date, { ...style, locale }),
  };
}
