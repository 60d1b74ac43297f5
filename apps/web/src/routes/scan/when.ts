import { getLocale } from '#lib/paraglide/runtime.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A time of day alone would mislead when it was yesterday's. */
const todayMaxMs = 12 * hourMs;

/** `14:05`, by the clocks of the event. */
export function timeOfDay(
  at: Date,
  timeZone: string | undefined,
  more: Intl.DateTimeFormatOptions = {},
): string {
  const options = { hour: '2-digit', minute: '2-digit', ...more } as const;
  return new Intl.DateTimeFormat(region(), timeZone ? { ...options, timeZone } : options).format(
    at,
  );
}

/** `14:05` and `3 minutes ago`, or `Fri 14 May, 14:05` when it was long ago: to compare with a person's story. */
export function timeSince(
  at: Date,
  now: Date,
  timeZone: string | undefined,
): { time: string; ago: string | undefined } {
  const ageMs = now.getTime() - at.getTime();
  if (ageMs < todayMaxMs) return { time: timeOfDay(at, timeZone), ago: ago(ageMs) };
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return { time: timeOfDay(at, timeZone, day), ago: undefined };
}

function ago(ageMs: number): string {
  const words = new Intl.RelativeTimeFormat(region(), { numeric: 'auto' });
  if (ageMs < minuteMs) return words.format(-Math.max(0, Math.round(ageMs / 1000)), 'second');
  if (ageMs < hourMs) return words.format(-Math.round(ageMs / minuteMs), 'minute');
  return words.format(-Math.round(ageMs / hourMs), 'hour');
}

/** The language of the page as this browser's region writes it: English has two ways to tell the time. */
function region(): string {
  const locale = getLocale();
  const same = (language: string) =>
    new Intl.Locale(language).language === new Intl.Locale(locale).language;
  return navigator.languages.find(same) ?? locale;
}
