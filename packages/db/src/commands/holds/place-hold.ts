import { randomUUID } from 'node:crypto';
import { available } from '@catraca/domain';
import { and, eq, gt, inArray, or, sql, type SQLWrapper } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { idArray, insertion, sendAll } from '../../rows.ts';
import { holdLines, holds, orders, seatClaims, seats, sites } from '../../schema/index.ts';
import { type Answer, batched } from '../batched.ts';
import { at, takeIds } from '../ids.ts';
import {
  lockedStock,
  lockHolds,
  lockLimits,
  lockOrdersOf,
  stockLock,
  stockMovement,
  type StockMove,
} from '../locks.ts';
import { transact } from '../transact.ts';
import {
  decideHolds,
  networkName,
  refuseEarly,
  type HoldDecision,
  type HoldRefusal,
  type HoldWish,
  type ReplacedHold,
  type SaleState,
} from './decide-holds.ts';
import { expireHoldsOfEvent } from './expire-holds.ts';
import { cancelUnpaidOrders } from './free-holds.ts';
import { parseLines, type HoldRequest } from './hold-request.ts';
import { readOffers } from './read-offer.ts';

export type { HoldRefusal } from './decide-holds.ts';

export interface PlacedHold {
  publicId: string;
  expiresAt: Date;
  /** In type id order. */
  lines: { typeId: bigint; quantity: number; seatIds: bigint[] }[];
}

export type HoldResult = { ok: true; hold: PlacedHold } | HoldRefusal;

export interface HoldJob {
  request: HoldRequest;
  now: Date;
}

/** Reserves all of the request for `events.hold_ttl_seconds`, or nothing of it. A hold is never extended. */
export function placeHold(db: Db, request: HoldRequest, now: Date): Promise<HoldResult> {
  return placeInBatch(db, { request, now });
}

const placeInBatch = batched(placeHolds);

/**
 * Many holds in one transaction, decided as if they had been asked for one by one, in this order. Those that find too little
 * are tried again, in a transaction of their own, if holds past their time were in the way.
 */
export async function placeHolds(db: Db, jobs: readonly HoldJob[]): Promise<Answer<HoldResult>[]> {
  const wishes = jobs.map(({ request, now }) => {
    const lines = parseLines(request.lines);
    return lines && { request, now, lines };
  });
  const sound = wishes.flatMap((wish) => wish ?? []);
  const placed = sound.length > 0 ? await transact(db, (tx) => placeAll(tx, sound)) : [];
  const short = sound.filter((_, index) => isShort(at(placed, index)));
  const again = short.length > 0 ? placeAgain(db, short) : undefined;
  const answers = new Map(
    sound.map((wish, index): [HoldWish, Answer<HoldResult>] => {
      const result = at(placed, index);
      const no = short.indexOf(wish);
      return [wish, again && no >= 0 ? again.then((retried) => retried?.[no] ?? result) : result];
    }),
  );
  return wishes.map((wish) => (wish && answers.get(wish)) ?? { ok: false, code: 'malformed' });
}

/** A hold past its time counts as gone, whether or not anybody swept it up. Undefined when there was none. */
async function placeAgain(db: Db, short: readonly HoldWish[]): Promise<HoldResult[] | undefined> {
  const hasEnded = await endHoldsPastTheirTime(db, short);
  return hasEnded ? transact(db, (tx) => placeAll(tx, short)) : undefined;
}

function isShort(result: HoldResult): boolean {
  return !result.ok && ['sold_out', 'not_enough', 'seat_taken'].includes(result.code);
}

async function endHoldsPastTheirTime(db: Db, wishes: readonly HoldWish[]): Promise<boolean> {
  const latest = new Map<bigint, Date>();
  for (const { request, now } of wishes) {
    const known = latest.get(request.eventId);
    if (!known || known < now) latest.set(request.eventId, now);
  }
  let ended = 0;
  for (const [eventId, now] of latest) ended += await expireHoldsOfEvent(db, eventId, now);
  return ended > 0;
}

async function placeAll(tx: Tx, wishes: readonly HoldWish[]): Promise<HoldResult[]> {
  const early = await readEarly(tx, wishes);
  const refusals = wishes.map((wish) => refuseEarly(wish, early));
  const open = wishes.filter((_, index) => !refusals[index]);
  const granted = open.length > 0 ? await placeOpen(tx, open, early) : [];
  let next = 0;
  return refusals.map((refusal) => refusal ?? at(granted, next++));
}

/** What can be read before the stock is locked, and the locks that come before it. */
async function readEarly(tx: Tx, wishes: readonly HoldWish[]) {
  const requests = wishes.map(({ request }) => request);
  const lines = wishes.flatMap((wish) => wish.lines);
  await lockLimits(
    tx,
    'network',
    requests.map(({ networkKey }) => networkKey),
  );
  const rows = await lockHolds(
    tx,
    requests.flatMap(({ replaces }) => replaces ?? []),
  );
  const active = [...rows.values()].filter(({ state }) => state === 'active').map(({ id }) => id);
  const [offers, seatTypes, networks, units] = await Promise.all([
    readOffers(
      tx,
      requests.map(({ eventId }) => eventId),
      lines.map(({ typeId }) => typeId),
    ),
    readSeatTypes(
      tx,
      lines.flatMap(({ seatIds }) => seatIds),
    ),
    countNetworks(tx, wishes),
    readUnits(tx, active),
    lockOrdersOf(tx, active),
  ]);
  const replaced = new Map(
    [...rows].map(([publicId, row]): [string, ReplacedHold] => [
      publicId,
      { row, units: units.filter(({ holdId }) => holdId === row.id) },
    ]),
  );
  return { offers, seatTypes, networks, replaced };
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

/** From the locking of the stock to the commit everybody who wants the same types waits: two round trips. */
async function placeOpen(
  tx: Tx,
  wishes: readonly HoldWish[],
  early: Awaited<ReturnType<typeof readEarly>>,
): Promise<HoldResult[]> {
  const ids = await takeIds(tx, wishes.length);
  const site = [...early.offers.values()][0]?.site ?? 0;
  const seatIds = wishes.flatMap(({ lines }) => lines.flatMap((line) => line.seatIds));
  const returned = wishes.flatMap(
    ({ request }) => early.replaced.get(request.replaces ?? '')?.units ?? [],
  );
  const wanted = [...wishes.flatMap(({ lines }) => lines), ...returned];
  const typeIds = [...new Set(wanted.map(({ typeId }) => typeId))];
  const [stockRows = [], claimRows = []] = await sendAll(tx, [
    stockLock(site, typeIds),
    ...(seatIds.length > 0
      ? [sql`select seat_id, hold_id from ${seatClaims} where seat_id = any(${idArray(seatIds)})`]
      : []),
  ]);
  const state: SaleState = {
    ...early,
    free: new Map([...lockedStock(stockRows)].map(([id, row]) => [id, available(row)])),
    claims: new Map(
      claimRows.map(({ seat_id, hold_id }) => [
        BigInt(String(seat_id)),
        hold_id === null ? null : BigInt(String(hold_id)),
      ]),
    ),
  };
  const decisions = decideHolds(wishes, state);
  const rows = decisions.map((decision, index) =>
    decision.ok ? rowsOf(decision, at(ids, index)) : undefined,
  );
  await write(tx, site, decisions, rows);
  return decisions.map((decision, index) => {
    const hold = rows[index]?.hold;
    if (!decision.ok || !hold) return decision as HoldRefusal;
    const lines = decision.wish.lines.map(({ typeId, quantity, seatIds: own }) => ({
      ...{ typeId, quantity, seatIds: own },
    }));
    return { ok: true, hold: { publicId: hold.publicId, expiresAt: hold.expiresAt, lines } };
  });
}

/** What is written of a hold that is granted. */
function rowsOf({ wish, offer }: Extract<HoldDecision, { ok: true }>, id: bigint) {
  const { request, lines, now } = wish;
  return {
    hold: {
      id,
      publicId: randomUUID(),
      eventId: request.eventId,
      site: offer.site,
      expiresAt: new Date(now.getTime() + offer.holdTtlSeconds * 1000),
      networkKey: request.networkKey ?? null,
      waitingPlaceId: request.waitingPlaceId ?? null,
      createdAt: now,
    },
    lines: lines.map(({ typeId, quantity }) => ({ holdId: id, typeId, quantity })),
    claims: lines.flatMap(({ seatIds }) => seatIds.map((seatId) => ({ seatId, holdId: id }))),
  };
}

async function write(
  tx: Tx,
  site: number,
  decisions: readonly HoldDecision[],
  rows: readonly (ReturnType<typeof rowsOf> | undefined)[],
): Promise<void> {
  const written = rows.flatMap((row) => row ?? []);
  if (written.length === 0) return;
  const ended = decisions.flatMap((decision) => (decision.ok ? (decision.ends ?? []) : []));
  const endedIds = ended.map(({ row }) => row.id);
  const lines = written.flatMap((row) => row.lines);
  const claims = written.flatMap((row) => row.claims);
  const statements: SQLWrapper[] = [
    ...(endedIds.length === 0
      ? []
      : [
          cancelUnpaidOrders(tx, endedIds),
          tx.delete(seatClaims).where(inArray(seatClaims.holdId, endedIds)),
          tx.update(holds).set({ state: 'released' }).where(inArray(holds.id, endedIds)),
        ]),
    insertion(
      holds,
      written.map((row) => row.hold),
    ),
    insertion(holdLines, lines),
    ...(claims.length > 0 ? [insertion(seatClaims, claims)] : []),
    stockMovement(
      site,
      movesOf(
        lines,
        ended.flatMap(({ units }) => units),
      ),
    ),
  ];
  await sendAll(tx, statements);
}

interface Units {
  typeId: bigint;
  quantity: number;
}

function movesOf(taken: readonly Units[], returned: readonly Units[]): StockMove[] {
  const held = new Map<bigint, number>();
  const add = (typeId: bigint, units: number) => held.set(typeId, (held.get(typeId) ?? 0) + units);
  for (const { typeId, quantity } of taken) add(typeId, quantity);
  for (const { typeId, quantity } of returned) add(typeId, -quantity);
  return [...held].map(([typeId, units]) => ({ typeId, held: units, sold: 0 }));
}
