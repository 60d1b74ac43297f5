import { assert } from '../assert.ts';
import type { EventDay } from './days.ts';

/** A time of day on a date, on the clocks of a zone. */
export interface LocalTime {
  /** `2027-05-01` */
  readonly date: string;
  /** `09:30` */
  readonly time: string;
}

/**
 * The instant (ms since 1970) at which the clocks of a zone show this. A time that is skipped in spring counts on past the
 * gap (02:30 is 03:30); one that comes twice in autumn is the first.
 */
export function instantOf(local: LocalTime, timeZone: string): number {
  const wall = wallClockMs(local);
  // The offset is that of the instant itself, which is not known yet: try the offsets of a day before and a day after.
  const before = wall - offsetMs(wall - dayMs, timeZone);
  if (before + offsetMs(before, timeZone) === wall) return before;
  const after = wall - offsetMs(wall + dayMs, timeZone);
  return after + offsetMs(after, timeZone) === wall ? after : before;
}

/** The days of an event that opens and closes by the clocks of its zone. */
export interface DayPlan {
  /** `2027-05-01`, in order. */
  readonly dates: readonly string[];
  /** `09:00` */
  readonly opensAt: string;
  /** `22:00`; not after `opensAt` means on the next date: `02:00`, or `09:00` for all 24 hours. */
  readonly closesAt: string;
  readonly timeZone: string;
}

/** The event days of a plan as instants, numbered from 1, so that no rule at the gate ever computes a time zone. */
export function planDays(plan: DayPlan): EventDay[] {
  const overnight = plan.closesAt <= plan.opensAt;
  return plan.dates.map((date, index) => ({
    no: index + 1,
    startsAt: instantOf({ date, time: plan.opensAt }, plan.timeZone),
    endsAt: instantOf(
      { date: overnight ? nextDate(date) : date, time: plan.closesAt },
      plan.timeZone,
    ),
  }));
}

const dayMs = 86_400_000;

export function nextDate(date: string): string {
  return plusDays(date, 1);
}

/** The date so many days later. */
export function plusDays(date: string, days: number): string {
  return new Date(wallClockMs({ date, time: '00:00' }) + days * dayMs).toISOString().slice(0, 10);
}

/** What the clocks of a zone show at an instant (ms since 1970), to the minute. */
export function clockAt(instant: number, timeZone: string): LocalTime {
  const wall = new Date(instant + offsetMs(instant, timeZone)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

export function isOnCalendar(local: LocalTime): boolean {
  const text = `${local.date}T${local.time}`;
  const ms = Date.parse(`${text}:00Z`);
  // Read back, because Date takes February 30 for March 2.
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(`${text}:`);
}

/** Whether clocks of this zone are known here. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The local time as if it were UTC. */
function wallClockMs(local: LocalTime): number {
  const text = `${local.date}T${local.time}`;
  assert(isOnCalendar(local), `${text} is on no calendar`);
  return Date.parse(`${text}:00Z`);
}

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = wallClockFormat(timeZone).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

function wallClockFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
