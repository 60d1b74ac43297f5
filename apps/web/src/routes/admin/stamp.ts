import { getLocale } from '#lib/paraglide/runtime.js';

/** `14 May 2027, 10:32`: when something happened, on the clocks of the event. */
export function stamp(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(getLocale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(at);
}

/** `10:32:07`: an instant of today. */
export function clock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(getLocale(), { timeStyle: 'medium', timeZone }).format(at);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3 minutes ago`, as of `now`. Less than a minute is `now`. */
export function ago(at: Date, now: Date): string {
  const format = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' });
  const passedMs = Math.max(0, now.getTime() - at.getTime());
  for (const [unit, ms] of units) {
    if (passedMs >= ms) return format.format(-Math.floor(passedMs / ms), unit);
  }
  return format.format(0, 'second');
}
