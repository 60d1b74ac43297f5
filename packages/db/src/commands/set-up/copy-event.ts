import {
  clockAt,
  daysBetween,
  instantOf,
  moveWindow,
  plusDays,
  type DayMove,
} from '@catraca/domain';
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
  stock,
  venuePlans,
} from '../../schema/index.ts';
import { writeAudit, type Actor } from '../audit/write-audit.ts';
import { at, takeIds } from '../ids.ts';
import { transact } from '../transact.ts';

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
 * A draft like another event, on other dates: days, areas, checkpoints, plan, types with what they open and how many there are, and seats.
 * Nothing is sold of it, and codes and shared capacities are made anew by who wants them.
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
    const typeIds = await copyTypes(tx, sourceId, made.id, {
      moves,
      zone: source.timeZone,
      areaIds,
    });
    await copySeats(tx, sourceId, made.id, site.number, typeIds);
    await copyStock(tx, site.number, typeIds);
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

/** The same time of day, so many dates later. */
function laterBy(instant: Date, days: number, zone: string): Date {
  const { date, time } = clockAt(instant.getTime(), zone);
  return new Date(instantOf({ date: plusDays(date, days), time }, zone));
}

/** New ids for these rows, by the old ones. */
async function newIds(tx: Tx, rows: readonly { id: bigint }[]): Promise<Map<bigint, bigint>> {
  const ids = await takeIds(tx, rows.length);
  return new Map(rows.map(({ id }, index) => [id, at(ids, index)]));
}

/** What the rows that are copied say of it is one of the rows that were copied before. */
function idIn(ids: ReadonlyMap<bigint, bigint>, old: bigint): bigint {
  const id = ids.get(old);
  if (id === undefined) throw new Error(`${old} was not copied`);
  return id;
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
  zone: string;
  areaIds: ReadonlyMap<bigint, bigint>;
}

async function copyTypes(
  tx: Tx,
  from: bigint,
  to: bigint,
  { moves, zone, areaIds }: Along,
): Promise<Map<bigint, bigint>> {
  const rows = await tx
    .select()
    .from(passTypes)
    .where(eq(passTypes.eventId, from))
    .orderBy(asc(passTypes.no));
  const living = rows.filter(({ archived }) => !archived);
  const ids = await newIds(tx, living);
  const zones = { from: zone, to: zone };
  const [first] = moves;
  const later = first?.to ? daysBetween(first.date, first.to.date) : 0;
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

/** As many as all sites together had of each type. */
async function copyStock(
  tx: Tx,
  site: number,
  typeIds: ReadonlyMap<bigint, bigint>,
): Promise<void> {
  if (typeIds.size === 0) return;
  const rows = await tx
    .select({ typeId: stock.typeId, quantity: stock.quantity })
    .from(stock)
    .where(inArray(stock.typeId, [...typeIds.keys()]));
  const totals = new Map<bigint, number>();
  for (const { typeId, quantity } of rows) totals.set(typeId, (totals.get(typeId) ?? 0) + quantity);
  await insertRows(
    tx,
    stock,
    [...totals].map(([typeId, quantity]) => ({ typeId: idIn(typeIds, typeId), site, quantity })),
  );
}
