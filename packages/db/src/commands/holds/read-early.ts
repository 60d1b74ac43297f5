import { and, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray } from '../../rows.ts';
import { holdLines, holds, orders, seats, sites } from '../../schema/index.ts';
import { lockHolds, lockLimits, lockOrdersOf } from '../locks.ts';
import { codeOf, findVouchers } from '../vouchers-in-sale.ts';
import { networkName, voucherName, type HoldWish, type ReplacedHold } from './decide-holds.ts';
import { readOffers } from './read-offer.ts';
import { readRows } from './row-seats.ts';

/** What can be read before the stock is locked, and the locks that come before it. */
export async function readEarly(tx: Tx, wishes: readonly HoldWish[]) {
  const requests = wishes.map(({ request }) => request);
  const lines = wishes.flatMap((wish) => wish.lines);
  await lockLimits(
    tx,
    'network',
    requests.map(({ networkKey }) => networkKey),
  );
  const held = await lockHolds(
    tx,
    requests.flatMap(({ replaces }) => replaces ?? []),
  );
  const active = [...held.values()].filter(({ state }) => state === 'active').map(({ id }) => id);
  const [offers, seatTypes, rows, networks, units, , found] = await Promise.all([
    readOffers(
      tx,
      requests.map(({ eventId }) => eventId),
      lines.map(({ typeId }) => typeId),
    ),
    readSeatTypes(
      tx,
      lines.flatMap(({ seatIds }) => seatIds),
    ),
    readRows(
      tx,
      lines.flatMap(({ seatIds }) => seatIds),
    ),
    countNetworks(tx, wishes),
    readUnits(tx, active),
    lockOrdersOf(tx, active),
    findVouchers(
      tx,
      requests.flatMap(({ eventId, code }) => (code ? [{ eventId, code: codeOf(code) }] : [])),
    ),
  ]);
  const vouchers = new Map(found.map((row) => [voucherName(row.eventId, row.code), row]));
  const replaced = new Map(
    [...held].map(([publicId, row]): [string, ReplacedHold] => [
      publicId,
      { row, units: units.filter(({ holdId }) => holdId === row.id) },
    ]),
  );
  return { offers, seatTypes, rows, networks, replaced, vouchers };
}

async function readSeatTypes(tx: Tx, seatIds: readonly bigint[]): Promise<Map<bigint, bigint>> {
  if (seatIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: seats.id, typeId: seats.typeId })
    .from(seats)
    .innerJoin(sites, and(eq(sites.number, seats.site), eq(sites.isLocal, true)))
    .where(sql`${seats.id} = any(${idArray(seatIds)})`);
  return new Map(rows.map(({ id, typeId }) => [id, typeId]));
}

/** Units of the whole event that each network has, held and sold together. */
async function countNetworks(tx: Tx, wishes: readonly HoldWish[]): Promise<Map<string, number>> {
  const known = new Map(
    wishes.flatMap(({ request: { eventId, networkKey }, now }) =>
      networkKey ? [[networkName(eventId, networkKey), { eventId, networkKey, now }] as const] : [],
    ),
  );
  if (known.size === 0) return new Map();
  const rows = await tx
    .select({
      eventId: holds.eventId,
      networkKey: holds.networkKey,
      units: sql`sum(${holdLines.quantity})`.mapWith(Number),
    })
    .from(holds)
    .innerJoin(holdLines, eq(holdLines.holdId, holds.id))
    .leftJoin(orders, eq(orders.holdId, holds.id))
    .where(
      and(
        // As the index has it.
        inArray(holds.state, ['active', 'sold']),
        sql`${orders.state} is distinct from 'refunded'`,
        or(
          ...[...known.values()].map(({ eventId, networkKey, now }) =>
            and(
              eq(holds.eventId, eventId),
              eq(holds.networkKey, networkKey),
              or(eq(holds.state, 'sold'), gt(holds.expiresAt, now)),
            ),
          ),
        ),
      ),
    )
    .groupBy(holds.eventId, holds.networkKey);
  return new Map(
    rows.flatMap(({ eventId, networkKey, units }) =>
      networkKey ? [[networkName(eventId, networkKey), units] as const] : [],
    ),
  );
}

async function readUnits(tx: Tx, holdIds: readonly bigint[]) {
  if (holdIds.length === 0) return [];
  return tx
    .select()
    .from(holdLines)
    .where(inArray(holdLines.holdId, [...holdIds]));
}
