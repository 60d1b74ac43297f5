import type { EventDay } from '@catraca/domain';

/** More lines than these would not fit a ticket: then one line tells first and last day. */
const linesMax = 4;

/** Days for people, by the venue's clocks: `Fri 30 April 2027, 09:00–22:00`, a line each. */
export function dayLines(
  days: readonly EventDay[],
  timeZone: string,
  languageTag: string,
): string[] {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return [];
  const date = new Intl.DateTimeFormat(languageTag, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  if (days.length > linesMax) return [date.formatRange(first.startsAt, last.startsAt)];
  const time = new Intl.DateTimeFormat(languageTag, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return days.map((day) => {
    const [from, to] = [time.format(day.startsAt), time.format(day.endsAt)];
    const on = capitalized(date.format(day.startsAt), languageTag);
    // The same time twice is the whole day: there is no hour to tell.
    return from === to ? on : `${on}, ${from}–${to}`;
  });
}

/** Portuguese and Spanish write weekdays small; a line begins with a capital. */
function capitalized(text: string, languageTag: string): string {
  return text.charAt(0).toLocaleUpperCase(languageTag) + text.slice(1);
}

/** First to last day without times, for a headline: `30 April – 2 May 2027`. */
export function dateRange(
  days: readonly EventDay[],
  timeZone: string,
  languageTag: string,
): string {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return '';
  return new Intl.DateTimeFormat(languageTag, { timeZone, dateStyle: 'long' }).formatRange(
    first.startsAt,
    last.startsAt,
  );
}
