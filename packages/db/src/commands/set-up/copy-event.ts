import { daysBetween, moveWindow, plusDays, type DayMove } from '@catraca/domain';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertRows } from '../../rows.ts';
import {
  areaCounters,
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  passTypes,
  seatMaps,
  seats,
  venuePlans,
} from '../../schema/index.ts';
import { writeAudit, type Actor } from '../audit/write-audit.ts';
import { at } from '../ids.ts';
import { transact } from '../transact.ts';
import { idIn, laterBy, newIds } from './copied-rows.ts';
import { copyStock, copyVouchers } from './copy-sale.ts';

export interface EventCopy {
  slug: string;
  name: string;
  /** Of its first day, `2028-05-01`; the others follow at the same distance. */
  firstDate: string;
}

export type CopyEventResult =
  | { ok: true; eventId: bigint; slug: string }
  | { ok: false; code: 'set_up_elsewhere' | 'unknown_event' | 'slug_taken' | 'no_days' };

/**
 * A draft like another event, on other dates: days, areas, checkpoints, plan, types with what they open and how many there are, seats, shared
 * capacities and codes. Nothing is sold of it, and no code of it was used.
 */
export async function copyEvent(
  db: Db,
  sourceId: bigint,
  copy: EventCopy,
  by: Actor | null = null,
): Promise<CopyEventResult> {
  return transact<CopyEventResult>(db, async (tx, refuse) => {
    const site = await getLocalSite(tx);
    if (site.kind !== 'cloud') return { ok: false, code: 'set_up_elsewhere' };
    const [source] = await tx.select().from(events).where(eq(events.id, sourceId));
    if (!source) return { ok: false, code: 'unknown_event' };
    const { id: _, createdAt: __, version: ___, ...values } = source;
    const [made] = await tx
      .insert(events)
      .values({ ...values, slug: copy.slug, name: copy.name, status: 'draft' })
      .onConflictDoNothing({ target: events.slug })
      .returning({ id: events.id });
    if (!made) return { ok: false, code: 'slug_taken' };
    const moves = await copyDays(tx, sourceId, made.id, copy.firstDate, source.timeZone);
    if (moves.length === 0) return refuse({ ok: false, code: 'no_days' });
    const areaIds = await copyVenue(tx, sourceId, made.id);
    const [first] = moves;
    const later = first?.to ? daysBetween(first.date, first.to.date) : 0;
    const zone = source.timeZone;
    const typeIds = await copyTypes(tx, sourceId, made.id, { moves, later, zone, areaIds });
    await copySeats(tx, sourceId, made.id, site.number, typeIds);
    const copied = { from: sourceId, to: made.id, typeIds };
    await copyStock(tx, copied, site.number);
    await copyVouchers(tx, copied, { later, zone });
    if (by) {
      await writeAudit(tx, by, {
        ...{ action: 'event.copy', eventId: made.id, subjectKind: 'event', subjectId: made.id },
        after: { ...copy, copyOf: sourceId },
      });
    }
    return { ok: true, eventId: made.id, slug: copy.slug };
  });
}

/** Each day with what becomes of it: the same clocks on the date that is as much later as the first one is. */
async function copyDays(
  tx: Tx,
  from: bigint,
  to: bigint,
  firstDate: string,
  zone: string,
): Promise<DayMove[]> {
  const rows = await tx
    .select()
    .from(eventDays)
    .where(eq(eventDays.eventId, from))
    .orderBy(asc(eventDays.startsAt));
  const [first] = rows;
  if (!first) return [];
  const later = daysBetween(first.localDate, firstDate);
  const moved = rows.map((row) => ({
    ...row,
    eventId: to,
    localDate: plusDays(row.localDate, later),
    startsAt: laterBy(row.startsAt, later, zone),
    endsAt: laterBy(row.endsAt, later, zone),
  }));
  await tx.insert(eventDays).values(moved);
  const spoken = ({ localDate, startsAt, endsAt }: (typeof rows)[number]) => ({
    ...{ date: localDate, startsAt: startsAt.getTime(), endsAt: endsAt.getTime() },
  });
  return rows.map((row, index) => ({ ...spoken(row), to: spoken(at(moved, index)) }));
}

async function copyVenue(tx: Tx, from: bigint, to: bigint): Promise<Map<bigint, bigint>> {
  const rows = await tx.select().from(areas).where(eq(areas.eventId, from));
  const ids = await newIds(tx, rows);
  await insertRows(
    tx,
    areas,
    rows.map((row) => ({ ...row, id: idIn(ids, row.id), eventId: to, version: 1 })),
  );
  const counted = rows.filter(({ no }) => no > 0);
  await insertRows(
    tx,
    areaCounters,
    counted.map(({ id }) => ({ areaId: idIn(ids, id) })),
  );
  const points = await tx.select().from(checkpoints).where(eq(checkpoints.eventId, from));
  const pointIds = await newIds(tx, points);
  await insertRows(
    tx,
    checkpoints,
    points.map((row) => ({
      ...row,
      ...{ id: idIn(pointIds, row.id), eventId: to, version: 1 },
      ...{ fromAreaId: idIn(ids, row.fromAreaId), toAreaId: idIn(ids, row.toAreaId) },
    })),
  );
  const plans = await tx.select().from(venuePlans).where(eq(venuePlans.eventId, from));
  for (const { publicId: _, ...plan } of plans) {
    await tx.insert(venuePlans).values({ ...plan, eventId: to, version: 1 });
  }
  return ids;
}

interface Along {
  moves: DayMove[];
  /** Days between the old dates and the new ones. */
  later: number;
  zone: string;
  areaIds: ReadonlyMap<bigint, bigint>;
}

async function copyTypes(
  tx: Tx,
  from: bigint,
  to: bigint,
  { moves, later, zone, areaIds }: Along,
): Promise<Map<bigint, bigint>> {
  const rows = await tx
    .select()
    .from(passTypes)
    .where(eq(passTypes.eventId, from))
    .orderBy(asc(passTypes.no));
  const living = rows.filter(({ archived }) => !archived);
  const ids = await newIds(tx, living);
  const zones = { from: zone, to: zone };
  const moment = (instant: Date | null) => (instant ? laterBy(instant, later, zone) : null);
  await insertRows(
    tx,
    passTypes,
    living.map((row) => ({
      ...row,
      ...{ id: idIn(ids, row.id), eventId: to, version: 1 },
      ...{ saleStartsAt: moment(row.saleStartsAt), saleEndsAt: moment(row.saleEndsAt) },
    })),
  );
  const windows =
    living.length === 0
      ? []
      : await tx
          .select()
          .from(entitlements)
          .where(inArray(entitlements.typeId, [...ids.keys()]));
  await insertRows(
    tx,
    entitlements,
    windows.flatMap(({ typeId, areaId, startsAt, endsAt }) => {
      const window = { startsAt: startsAt.getTime(), endsAt: endsAt.getTime() };
      const moved = moveWindow(window, moves, zones);
      if (!moved) return [];
      const own = { typeId: idIn(ids, typeId), areaId: idIn(areaIds, areaId) };
      return [{ ...own, startsAt: new Date(moved.startsAt), endsAt: new Date(moved.endsAt) }];
    }),
  );
  return ids;
}

/** Each seat can be sold here again, whoever sold the one it is a copy of. */
async function copySeats(
  tx: Tx,
  from: bigint,
  to: bigint,
  site: number,
  typeIds: ReadonlyMap<bigint, bigint>,
): Promise<void> {
  const rows = await tx.select().from(seats).where(eq(seats.eventId, from)).orderBy(asc(seats.id));
  const living = rows.filter(({ typeId }) => typeIds.has(typeId));
  const ids = await newIds(tx, living);
  await insertRows(
    tx,
    seats,
    living.map((row) => ({
      ...{ ...row, id: idIn(ids, row.id), eventId: to, site },
      typeId: idIn(typeIds, row.typeId),
    })),
  );
  // A map names types by their numbers, which the copies have too.
  const maps = await tx.select().from(seatMaps).where(eq(seatMaps.eventId, from));
  for (const { document, noSingleSeats } of maps) {
    await tx.insert(seatMaps).values({ eventId: to, document, noSingleSeats });
  }
}
