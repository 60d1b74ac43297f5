import { available } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { idArray, rowSet } from '../../rows.ts';
import { holdLines, holds, seatClaims, seats } from '../../schema/index.ts';
import { lockHold, lockStock, moveStock, type HoldRow } from '../locks.ts';
import { isBusy, transact } from '../transact.ts';
import { expireHoldsOfEvent } from './expire-holds.ts';
import { cancelUnpaidOrders, returnUnits, unitsByType } from './free-holds.ts';
import { parseLines, type HoldLine, type HoldRequest } from './hold-request.ts';
import { readOffer, type Offer, type OfferRefusal } from './read-offer.ts';

export interface PlacedHold {
  publicId: string;
  expiresAt: Date;
  /** In type id order. */
  lines: { typeId: bigint; quantity: number; seatIds: bigint[] }[];
}

export type HoldRefusal =
  | OfferRefusal
  /** No line, a quantity below one, the same type or seat twice, or too many lines. */
  | { ok: false; code: 'malformed' }
  | { ok: false; code: 'sold_out'; typeId: bigint }
  | { ok: false; code: 'not_enough'; typeId: bigint; available: number }
  | { ok: false; code: 'seat_taken'; seatIds: bigint[] }
  /** Seats that are not of this type, or that this site may not sell. */
  | { ok: false; code: 'unknown_seat'; seatIds: bigint[] }
  /** Too many people want the same rows at this moment; nothing was changed. */
  | { ok: false; code: 'busy' };

export type HoldResult = { ok: true; hold: PlacedHold } | HoldRefusal;

/** Reserves all of the request for `events.hold_ttl_seconds`, or nothing of it. A hold is never extended. */
export async function placeHold(db: Db, request: HoldRequest, now: Date): Promise<HoldResult> {
  const lines = parseLines(request.lines);
  if (!lines) return { ok: false, code: 'malformed' };
  const place = () =>
    transact<HoldResult>(db, (tx, refuse) => tryToPlace(tx, refuse, { ...request, lines }, now));
  try {
    const result = await place();
    if (result.ok || !isShort(result)) return result;
    // A hold past its time counts as gone, whether or not anybody swept it up.
    return (await expireHoldsOfEvent(db, request.eventId, now)) > 0 ? await place() : result;
  } catch (error) {
    if (isBusy(error)) return { ok: false, code: 'busy' };
    throw error;
  }
}

function isShort(refusal: HoldRefusal): boolean {
  return ['sold_out', 'not_enough', 'seat_taken'].includes(refusal.code);
}

type Refuse = (refusal: HoldRefusal) => never;

async function tryToPlace(
  tx: Tx,
  refuse: Refuse,
  request: { eventId: bigint; lines: HoldLine[]; replaces?: string | undefined },
  now: Date,
): Promise<HoldResult> {
  const { lines } = request;
  const offer = await readOffer(tx, request.eventId, lines, now);
  if (!offer.ok) return offer;
  const replaced =
    request.replaces === undefined ? undefined : await lockHold(tx, request.replaces);
  const hold = await insertHold(tx, offer, lines, now);
  await takeStock(tx, refuse, offer, lines, replaced);
  await claimSeats(tx, refuse, offer.site, hold.id, lines);
  return {
    ok: true,
    hold: {
      publicId: hold.publicId,
      expiresAt: hold.expiresAt,
      lines: lines.map(({ typeId, quantity, seatIds }) => ({ typeId, quantity, seatIds })),
    },
  };
}

/** Written before the stock is locked, so that a hot row is locked for as short as can be. */
async function insertHold(tx: Tx, offer: Offer, lines: HoldLine[], now: Date): Promise<HoldRow> {
  const [hold] = await tx
    .insert(holds)
    .values({
      eventId: offer.eventId,
      site: offer.site,
      expiresAt: new Date(now.getTime() + offer.holdTtlSeconds * 1000),
      createdAt: now,
    })
    .returning();
  if (!hold) throw new Error('a hold was not written');
  await tx
    .insert(holdLines)
    .values(lines.map(({ typeId, quantity }) => ({ holdId: hold.id, typeId, quantity })));
  return hold;
}

async function takeStock(
  tx: Tx,
  refuse: Refuse,
  offer: Offer,
  lines: HoldLine[],
  replaced: HoldRow | undefined,
): Promise<void> {
  const ending = replaced?.state === 'active' ? [replaced] : [];
  const given = await unitsOfEnding(tx, ending);
  const typeIds = [...new Set([...lines, ...given].map((line) => line.typeId))];
  const locked = await lockStock(tx, offer.site, typeIds);
  const back = new Map(given.map((line) => [line.typeId, line.quantity]));
  for (const line of lines) {
    const row = locked.get(line.typeId);
    const free = (row ? available(row) : 0) + (back.get(line.typeId) ?? 0);
    if (free === 0) refuse({ ok: false, code: 'sold_out', typeId: line.typeId });
    if (free < line.quantity) {
      refuse({ ok: false, code: 'not_enough', typeId: line.typeId, available: free });
    }
  }
  await returnUnits(tx, ending, given, 'released');
  await moveStock(
    tx,
    offer.site,
    lines.map((line) => ({ typeId: line.typeId, held: line.quantity, sold: 0 })),
  );
}

async function unitsOfEnding(tx: Tx, [hold]: HoldRow[]) {
  if (!hold) return [];
  await cancelUnpaidOrders(tx, [hold.id]);
  return unitsByType(tx, [hold.id]);
}

/** Under the stock locks of all their types (locks.ts). */
async function claimSeats(
  tx: Tx,
  refuse: Refuse,
  site: number,
  holdId: bigint,
  lines: HoldLine[],
): Promise<void> {
  const wanted = lines.flatMap((line) =>
    line.seatIds.map((seatId) => ({ seatId, typeId: line.typeId })),
  );
  if (wanted.length === 0) return;
  const known = await tx.execute<{ id: string }>(sql`
    select seats.id from ${seats}
    join ${rowSet('wanted', { seatId: 'bigint', typeId: 'bigint' }, wanted)}
      on wanted."seatId" = seats.id and wanted."typeId" = seats.type_id
    where seats.site = ${site}`);
  const seatIds = wanted.map((seat) => seat.seatId);
  const unknown = missing(seatIds, known);
  if (unknown.length > 0) refuse({ ok: false, code: 'unknown_seat', seatIds: unknown });
  const claimed = await tx.execute<{ id: string }>(sql`
    insert into ${seatClaims} (seat_id, hold_id)
    select id, ${holdId} from unnest(${idArray(seatIds)}) as id order by id
    on conflict (seat_id) do nothing returning seat_id as id`);
  const taken = missing(seatIds, claimed);
  if (taken.length > 0) refuse({ ok: false, code: 'seat_taken', seatIds: taken });
}

function missing(wanted: readonly bigint[], found: readonly { id: string }[]): bigint[] {
  const ids = new Set(found.map((row) => BigInt(row.id)));
  return wanted.filter((id) => !ids.has(id));
}
