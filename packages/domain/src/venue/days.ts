/** One day of an event, numbered from 1. Instants in ms since 1970; `endsAt` is the first instant after it. */
export interface EventDay {
  readonly no: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The day that contains the instant, or undefined at night, before and after. */
export function dayAt(days: readonly EventDay[], instant: number): EventDay | undefined {
  for (const day of days) {
    if (day.startsAt <= instant && instant < day.endsAt) return day;
  }
  return undefined;
}

/**
 * The number of the day an admission counts for: the last day that has begun, 0 before the first. The night belongs to the
 * day before it, so whoever steps out at 01:00 is still counted with that day. `days` in order of time.
 */
export function countingDayNo(days: readonly EventDay[], instant: number): number {
  let no = 0;
  for (const day of days) {
    if (day.startsAt > instant) break;
    no = day.no;
  }
  return no;
}
