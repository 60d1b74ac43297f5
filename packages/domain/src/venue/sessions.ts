import { clockAt, instantOf, isOnCalendar, nextDate, plusDays, type LocalTime } from './zone.ts';
import type { EventDay } from './days.ts';

/** A day or session as an organizer says it, on the clocks of the event. */
export interface Session {
  /** `2027-05-01` */
  readonly date: string;
  /** `09:00` */
  readonly opensAt: string;
  /** `22:00`; not after `opensAt` means on the next date: `02:00`, or `09:00` for all 24 hours. */
  readonly closesAt: string;
}

export type PlannedSessions =
  | { readonly ok: true; readonly days: Pick<EventDay, 'startsAt' | 'endsAt'>[] }
  /** `index`: the session that is on no calendar, or begins before the one before it is over. */
  | { readonly ok: false; readonly problem: 'bad_date' | 'overlap'; readonly index: number };

/** Sessions as instants, in the order of the given ones, which is that of time. */
export function planSessions(sessions: readonly Session[], timeZone: string): PlannedSessions {
  const days: Pick<EventDay, 'startsAt' | 'endsAt'>[] = [];
  for (const [index, { date, opensAt, closesAt }] of sessions.entries()) {
    const opens = { date, time: opensAt };
    if (!isOnCalendar(opens) || !isOnCalendar({ date, time: closesAt }))
      return { ok: false, problem: 'bad_date', index };
    const closes = { date: closesAt <= opensAt ? nextDate(date) : date, time: closesAt };
    const day = { startsAt: instantOf(opens, timeZone), endsAt: instantOf(closes, timeZone) };
    // In the night of the change of clocks an hour can be none.
    if (day.startsAt >= day.endsAt) return { ok: false, problem: 'bad_date', index };
    if (day.startsAt < (days.at(-1)?.endsAt ?? -Infinity))
      return { ok: false, problem: 'overlap', index };
    days.push(day);
  }
  return { ok: true, days };
}

/** A day before a change, and what becomes of it; null where it is taken away. */
export interface DayMove {
  readonly date: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly to: { readonly date: string; readonly startsAt: number; readonly endsAt: number } | null;
}

interface Window {
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * A window after the days were moved: what is all day stays all day, any other keeps its time of day and goes with the date of
 * its day. Undefined when its days were taken away. `zones`: of the event before and after.
 */
export function moveWindow<Moved extends Window>(
  window: Moved,
  moves: readonly DayMove[],
  zones: { readonly from: string; readonly to: string },
): Moved | undefined {
  const first = dayOf(window.startsAt, moves, zones.from);
  const last = dayOf(window.endsAt - 1, moves, zones.from);
  if (!first || !last) return window;
  if (first === last && !first.to) return undefined;
  const startsAt = movePoint(window.startsAt, first, moves, zones);
  const endsAt = movePoint(window.endsAt, last, moves, zones);
  return startsAt < endsAt ? { ...window, startsAt, endsAt } : undefined;
}

/** The day that an instant belongs to: the one it is in, else the one whose date is nearest. */
function dayOf(instant: number, moves: readonly DayMove[], zone: string): DayMove | undefined {
  const within = moves.find((day) => day.startsAt <= instant && instant < day.endsAt);
  if (within) return within;
  const { date } = clockAt(instant, zone);
  const distance = (day: DayMove) => Math.abs(daysBetween(date, day.date));
  return moves.reduce<DayMove | undefined>(
    (best, day) => (!best || distance(day) < distance(best) ? day : best),
    undefined,
  );
}

function movePoint(
  instant: number,
  day: DayMove,
  moves: readonly DayMove[],
  zones: { readonly from: string; readonly to: string },
): number {
  if (day.to && instant === day.startsAt) return day.to.startsAt;
  if (day.to && instant === day.endsAt) return day.to.endsAt;
  // A window over several days of which one went follows one that stays.
  const kept = day.to ? day : (moves.find(({ to }) => to !== null) ?? day);
  const local: LocalTime = clockAt(instant, zones.from);
  const days = kept.to ? daysBetween(kept.date, kept.to.date) : 0;
  return instantOf({ date: plusDays(local.date, days), time: local.time }, zones.to);
}

/** Dates from one to the other. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
