import { seatsOf, type SeatMapDocument } from '@catraca/domain/seat-map';
import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { idArray } from '../../rows.ts';
import { events, passTypes, seatMaps, stock } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { lockStock } from '../locks.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';
import { planSeats, type SeatsToWrite, type StoredSeat, type WantedSeat } from './plan-seats.ts';
import { readStoredSeats, writeSeats } from './write-seats.ts';

export interface SeatMapDraft {
  /** The version the change was made on; 0 where there was no map. */
  version: number;
  /** Sound, by `checkSeatMap`. */
  document: SeatMapDocument;
  noSingleSeats: boolean;
  /** Seats that somebody has and the map no longer has stay with them, out of sale. */
  keepTaken: boolean;
}

export type SaveSeatMapResult =
  | { ok: true; version: number; seats: number }
  | { ok: false; code: 'set_up_elsewhere' }
  | { ok: false; code: 'edited_meanwhile'; version: number }
  /** Categories of seats whose type is not there, or was sold without seats. */
  | { ok: false; code: 'not_seated'; typeNos: number[] }
  /** Somebody has these seats. */
  | { ok: false; code: 'seats_taken'; seats: string[] }
  /** Another site sells these seats. */
  | { ok: false; code: 'seats_elsewhere'; seats: string[] };

/**
 * Makes the seats of an event what a map draws, with the stock of their types, as one change. It waits for holds of these types and
 * they for it: who holds a seat at that moment has it before or after, never in between.
 */
export async function saveSeatMap(
  db: Db,
  eventId: bigint,
  draft: SeatMapDraft,
  actor: Actor,
): Promise<SaveSeatMapResult> {
  return transact<SaveSeatMapResult>(db, async (tx, refuse) => {
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const version = await lockMap(tx, eventId);
    if (version !== draft.version) return { ok: false, code: 'edited_meanwhile', version };
    const site = (await getLocalSite(tx)).number;
    const wanted = await wantedSeats(tx, eventId, draft.document);
    if ('refused' in wanted) return refuse(wanted.refused);
    // The types of seats do not change but here, behind the lock of the map: they can be read before their stock is locked.
    const typeIds = await typesOf(tx, eventId, wanted.seats);
    await addStock(tx, site, typeIds);
    await lockStock(tx, site, typeIds);
    const plan = planSeats(await readStoredSeats(tx, eventId), wanted.seats, site);
    const refusal = whatCannotBe(plan, draft.keepTaken);
    if (refusal) return refuse(refusal);
    await writeSeats(tx, { eventId, site }, keptTypes(plan));
    await countStock(tx, site, typeIds);
    const saved = await writeMap(tx, eventId, draft);
    await writeAudit(tx, actor, {
      ...{ action: 'seatMap.save', eventId, subjectKind: 'seat_map', subjectId: eventId },
      before: { version },
      after: { version: saved, seats: wanted.seats.length, ...sizesOf(plan) },
    });
    await notify(tx, { kind: 'config', eventId: String(eventId) });
    await record(tx, 'event', [eventId]);
    return { ok: true, version: saved, seats: wanted.seats.length };
  });
}

/** The event's row is the lock: the map may not be there yet. */
async function lockMap(tx: Tx, eventId: bigint): Promise<number> {
  await tx.select().from(events).where(eq(events.id, eventId)).for('no key update');
  const [map] = await tx.select().from(seatMaps).where(eq(seatMaps.eventId, eventId));
  return map?.version ?? 0;
}

/** The seats with the types of their categories. A type that was never sold becomes one with seats. */
async function wantedSeats(
  tx: Tx,
  eventId: bigint,
  document: SeatMapDocument,
): Promise<{ seats: WantedSeat[] } | { refused: SaveSeatMapResult }> {
  const places = seatsOf(document);
  const typeNoOf = new Map(document.categories.map(({ key, typeNo }) => [key, typeNo]));
  const usedNos = new Set(places.flatMap(({ category }) => typeNoOf.get(category) ?? []));
  const types = await tx
    .select()
    .from(passTypes)
    .where(and(eq(passTypes.eventId, eventId), eq(passTypes.kind, 'ticket')));
  const used = types.filter(({ no }) => usedNos.has(no));
  const becomeSeated = used.filter(({ seated }) => !seated).map(({ id }) => id);
  const turned = await tx.execute(sql`
    update pass_types t set seated = true, version = version + 1
    where t.id = any(${idArray(becomeSeated)}) and t.passes_per_unit = 1
      and not exists (select from stock s where s.type_id = t.id and s.held + s.sold > 0)
      and not exists (select from order_lines l where l.type_id = t.id)
    returning t.id`);
  const ready = new Set(turned.map(({ id }) => String(id)));
  const typeIdOf = new Map(
    used.flatMap(({ no, id, seated }) => (seated || ready.has(String(id)) ? [[no, id]] : [])),
  );
  const typeNos = [...usedNos].filter((no) => !typeIdOf.has(no));
  if (typeNos.length > 0) return { refused: { ok: false, code: 'not_seated', typeNos } };
  return {
    seats: places.flatMap((place) => {
      const typeId = typeIdOf.get(typeNoOf.get(place.category) ?? 0);
      return typeId === undefined ? [] : [{ ...place, typeId }];
    }),
  };
}

async function typesOf(tx: Tx, eventId: bigint, wanted: readonly WantedSeat[]): Promise<bigint[]> {
  const seated = await tx
    .select({ id: passTypes.id })
    .from(passTypes)
    .where(and(eq(passTypes.eventId, eventId), eq(passTypes.seated, true)));
  return [...new Set([...seated.map(({ id }) => id), ...wanted.map(({ typeId }) => typeId)])];
}

async function addStock(tx: Tx, site: number, typeIds: readonly bigint[]): Promise<void> {
  await tx.execute(sql`
    insert into ${stock} (type_id, site, quantity) select id, ${site}, 0 from unnest(${idArray(typeIds)}) as type(id)
    on conflict do nothing`);
}

function whatCannotBe(plan: SeatsToWrite, keepTaken: boolean): SaveSeatMapResult | undefined {
  if (plan.elsewhere.length > 0) {
    return { ok: false, code: 'seats_elsewhere', seats: plan.elsewhere.map(nameOf) };
  }
  if (plan.lost.length === 0 || keepTaken) return undefined;
  return { ok: false, code: 'seats_taken', seats: plan.lost.map(nameOf) };
}

function nameOf({ section, row, number }: StoredSeat): string {
  return [section, row, number].filter((part) => part !== '').join(' · ');
}

/** A seat that somebody has keeps its type, which says what they paid. */
function keptTypes(plan: SeatsToWrite): SeatsToWrite {
  const lost = new Map(plan.lost.map((seat) => [seat.id, seat.typeId]));
  const changed = plan.changed.map(({ id, seat }) => ({
    id,
    seat: { ...seat, typeId: lost.get(id) ?? seat.typeId },
  }));
  return { ...plan, changed };
}

/** Seats for sale and seats that somebody has: what is held and sold is among them. */
async function countStock(tx: Tx, site: number, typeIds: readonly bigint[]): Promise<void> {
  await tx.execute(sql`
    update ${stock} set quantity = (
      select count(*) from seats s left join seat_claims c on c.seat_id = s.id
      where s.type_id = stock.type_id and s.site = stock.site and (not s.out_of_sale or c.seat_id is not null))
    where site = ${site} and type_id = any(${idArray(typeIds)})`);
}

async function writeMap(
  tx: Tx,
  eventId: bigint,
  { document, noSingleSeats }: SeatMapDraft,
): Promise<number> {
  const values = { document, noSingleSeats, updatedAt: sql`now()` };
  const [map] = await tx
    .insert(seatMaps)
    .values({ eventId, ...values })
    .onConflictDoUpdate({
      target: seatMaps.eventId,
      set: { ...values, version: sql`${seatMaps.version} + 1` },
    })
    .returning({ version: seatMaps.version });
  if (!map) throw new Error('a seat map was not written');
  return map.version;
}

function sizesOf({ added, changed, kept, removed, lost }: SeatsToWrite) {
  return {
    ...{ added: added.length, unchanged: changed.length, removed: removed.length },
    keptOutOfSale: kept.length + lost.length,
  };
}
