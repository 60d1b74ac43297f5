import { isTimeZone, moveWindow, type DayMove } from '@catraca/domain';
import { asc, eq, inArray, notInArray, and, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import { entitlements, eventDays, events, passTypes } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';
import {
  sessionRows,
  type SessionDraft,
  type SessionRow,
  type SessionsRefusal,
} from './session-rows.ts';
import { unlessConfirmed, type AffectsSold } from './what-was-sold.ts';

export interface DaysChange {
  version: number;
  timeZone: string;
  sessions: SessionDraft[];
  /** Somebody read whom it reaches, and wants it. */
  confirmed: boolean;
}

export type SetDaysResult =
  | { ok: true; version: number }
  | SetUpRefusal
  | EditedMeanwhile
  | SessionsRefusal
  | AffectsSold
  | { ok: false; code: 'unknown_time_zone' | 'unknown_day' }
  /** People were read on that day, which says what they may do on another. */
  | { ok: false; code: 'day_has_scans'; no: number; scans: number };

type DayRow = typeof eventDays.$inferSelect;

/** The days of an event anew. What types open goes with its days: all day stays all day, and hours stay hours. */
export async function setDays(
  db: Db,
  eventId: bigint,
  change: DaysChange,
  actor: Actor,
): Promise<SetDaysResult> {
  if (!isTimeZone(change.timeZone)) return { ok: false, code: 'unknown_time_zone' };
  return changeSetUp<SetDaysResult>(db, eventId, actor, async ({ tx, event, audit }) => {
    if (event.version !== change.version)
      return { ok: false, code: 'edited_meanwhile', version: event.version };
    const before = await tx
      .select()
      .from(eventDays)
      .where(eq(eventDays.eventId, eventId))
      .orderBy(asc(eventDays.startsAt));
    const known = new Set(before.map(({ no }) => no));
    if (change.sessions.some(({ no }) => no !== null && !known.has(no)))
      return { ok: false, code: 'unknown_day' };
    const lastNo = Math.max(0, ...known, ...(await numbersOfScans(tx, eventId)));
    const planned = sessionRows(change.sessions, change.timeZone, lastNo);
    if (!planned.ok) return planned;
    const after = planned.rows;
    const gone = before.filter((day) => !after.some(({ no }) => no === day.no));
    const scanned = await scansOf(tx, eventId, gone);
    if (scanned) return { ok: false, code: 'day_has_scans', ...scanned };
    const types = await tx
      .select({ id: passTypes.id })
      .from(passTypes)
      .where(eq(passTypes.eventId, eventId));
    const ids = types.map(({ id }) => id);
    if (isOtherTime(before, after)) {
      const refusal = await unlessConfirmed(tx, ids, change.confirmed);
      if (refusal) return refusal;
    }
    await writeDays(tx, eventId, after);
    const zones = { from: event.timeZone, to: change.timeZone };
    await moveEntitlements(tx, ids, movesOf(before, after), zones);
    const version = event.version + 1;
    await tx
      .update(events)
      .set({ timeZone: change.timeZone, version })
      .where(eq(events.id, eventId));
    await audit({
      action: 'event.setDays',
      subjectKind: 'event',
      subjectId: String(eventId),
      before: { timeZone: event.timeZone, days: before.map(spoken) },
      after: { timeZone: change.timeZone, days: after.map(spoken) },
    });
    return { ok: true, version };
  });
}

const spoken = ({ no, startsAt, endsAt }: SessionRow | DayRow) => ({ no, startsAt, endsAt });

function isOtherTime(before: readonly DayRow[], after: readonly SessionRow[]): boolean {
  return before.some((day) => {
    const to = after.find(({ no }) => no === day.no);
    return (
      !to ||
      to.startsAt.getTime() !== day.startsAt.getTime() ||
      to.endsAt.getTime() !== day.endsAt.getTime()
    );
  });
}

/** Numbers that crossings count by: a new day does not get one of them. */
async function numbersOfScans(tx: Tx, eventId: bigint): Promise<number[]> {
  const rows = await tx.execute<{ day: number }>(
    sql`select max(day)::int as day from scans where event_id = ${eventId} and day is not null`,
  );
  return rows.map(({ day }) => day ?? 0);
}

/** The first of these days that people were admitted on. */
async function scansOf(tx: Tx, eventId: bigint, days: readonly DayRow[]) {
  for (const { no } of days) {
    const [row] = await tx.execute<{ scans: number }>(
      sql`select count(*)::int as scans from scans where event_id = ${eventId} and day = ${no}`,
    );
    if (row && row.scans > 0) return { no, scans: row.scans };
  }
  return undefined;
}

async function writeDays(tx: Tx, eventId: bigint, rows: readonly SessionRow[]): Promise<void> {
  const kept = rows.map(({ no }) => no);
  await tx
    .delete(eventDays)
    .where(and(eq(eventDays.eventId, eventId), notInArray(eventDays.no, kept)));
  for (const row of rows) {
    await tx
      .insert(eventDays)
      .values({ ...row, eventId })
      .onConflictDoUpdate({ target: [eventDays.eventId, eventDays.no], set: row });
  }
}

function movesOf(before: readonly DayRow[], after: readonly SessionRow[]): DayMove[] {
  const asMove = ({ localDate, startsAt, endsAt }: DayRow | SessionRow) => ({
    date: localDate,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
  });
  return before.map((day) => {
    const to = after.find(({ no }) => no === day.no);
    return { ...asMove(day), to: to ? asMove(to) : null };
  });
}

async function moveEntitlements(
  tx: Tx,
  typeIds: readonly bigint[],
  moves: readonly DayMove[],
  zones: { from: string; to: string },
): Promise<void> {
  if (typeIds.length === 0) return;
  const rows = await tx
    .select()
    .from(entitlements)
    .where(inArray(entitlements.typeId, [...typeIds]));
  const moved = rows.flatMap((row) => {
    const window = { startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() };
    const to = moveWindow(window, moves, zones);
    return to ? [{ ...row, startsAt: new Date(to.startsAt), endsAt: new Date(to.endsAt) }] : [];
  });
  await tx.delete(entitlements).where(inArray(entitlements.typeId, [...typeIds]));
  await insertRows(tx, entitlements, moved, sql`on conflict do nothing`);
}
