import { assert, planSessions, type Session } from '@catraca/domain';
import type { LocalizedText } from '../../schema/columns.ts';
import { at } from '../ids.ts';

/** Days of an event: the token has a bit for each of them. */
export const daysMax = 16;

/** A day or session as it is set up. `no` is what the days before the change know it by; null for a new one. */
export interface SessionDraft extends Session {
  no: number | null;
  name: LocalizedText | null;
}

export interface SessionRow {
  no: number;
  name: LocalizedText | null;
  localDate: string;
  startsAt: Date;
  endsAt: Date;
}

export type SessionsRefusal =
  | { ok: false; code: 'no_days' | 'too_many_days' }
  /** `index` of the session that is on no calendar, or begins before the one before it is over. */
  | { ok: false; code: 'bad_day' | 'days_overlap'; index: number };

/** Sessions as rows. A number that was used is never given to another day: what was signed names it. */
export function sessionRows(
  drafts: readonly SessionDraft[],
  timeZone: string,
  lastNo: number,
): { ok: true; rows: SessionRow[] } | SessionsRefusal {
  if (drafts.length === 0) return { ok: false, code: 'no_days' };
  const planned = planSessions(drafts, timeZone);
  if (!planned.ok) {
    const code = planned.problem === 'overlap' ? 'days_overlap' : 'bad_day';
    return { ok: false, code, index: planned.index };
  }
  let next = lastNo;
  const rows = drafts.map(({ no, name, date }, index): SessionRow => {
    const { startsAt, endsAt } = at(planned.days, index);
    const instants = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
    return { no: no ?? ++next, name, localDate: date, ...instants };
  });
  if (next > daysMax) return { ok: false, code: 'too_many_days' };
  assert(new Set(rows.map(({ no }) => no)).size === rows.length, 'a day has its own number');
  return { ok: true, rows };
}
