import { available } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { idArray, sendAll } from '../../rows.ts';
import { seatClaims, seats } from '../../schema/index.ts';
import { type Answer, batched } from '../batched.ts';
import { at, takeIds } from '../ids.ts';
import { lockedStock, stockLock } from '../locks.ts';
import { transact } from '../transact.ts';
import {
  decideHolds,
  refuseEarly,
  voucherOf,
  type HoldRefusal,
  type HoldWish,
  type SaleState,
} from './decide-holds.ts';
import { expireHoldsOfEvent } from './expire-holds.ts';
import { parseLines, type HoldRequest } from './hold-request.ts';
import { readEarly } from './read-early.ts';
import { rowsOf, writeHolds } from './write-holds.ts';

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

/** From the locking of the stock to the commit everybody who wants the same types waits: two round trips. */
async function placeOpen(
  tx: Tx,
  wishes: readonly HoldWish[],
  early: Awaited<ReturnType<typeof readEarly>>,
): Promise<HoldResult[]> {
  const ids = await takeIds(tx, wishes.length);
  const site = [...early.offers.values()][0]?.site ?? 0;
  const asked = wishes.flatMap(({ lines }) =>
    lines.flatMap(({ typeId, seatIds }) => seatIds.map((id) => ({ id, typeId }))),
  );
  const seatIds = asked.map(({ id }) => id);
  const ofRows = seatIds.flatMap((id) => early.rows.get(id)?.map((seat) => seat.id) ?? []);
  const returned = wishes.flatMap(
    ({ request }) => early.replaced.get(request.replaces ?? '')?.units ?? [],
  );
  const wanted = [...wishes.flatMap(({ lines }) => lines), ...returned];
  const typeIds = [...new Set(wanted.map(({ typeId }) => typeId))];
  const [stockRows = [], claimRows = []] = await sendAll(tx, [
    stockLock(site, typeIds),
    ...(seatIds.length > 0
      ? [
          // A seat that went to another site, another type or out of sale since it was looked at, or is not there any more, is as good
          // as sold: the stock is locked, so no other goes now.
          sql`select seat_id, hold_id from ${seatClaims} where seat_id = any(${idArray([...new Set([...seatIds, ...ofRows])])})
            union all select given.id, null
              from unnest(${idArray(seatIds)}, ${idArray(asked.map(({ typeId }) => typeId))}) as given(id, type_id)
              left join ${seats} on seats.id = given.id
              where seats.id is null or seats.site <> ${site} or seats.out_of_sale or seats.type_id <> given.type_id`,
        ]
      : []),
  ]);
  const locked = [...lockedStock(stockRows)];
  const shared = locked.flatMap(([id, { pool }]) => (pool ? [{ typeId: id, ...pool }] : []));
  const state: SaleState = {
    ...early,
    free: new Map(locked.map(([id, row]) => [id, available(row)])),
    poolOf: new Map(shared.map(({ typeId, id }) => [typeId, id])),
    poolFree: new Map(shared.map(({ id, free }) => [id, free])),
    claims: new Map(
      claimRows.map(({ seat_id, hold_id }) => [
        BigInt(String(seat_id)),
        hold_id === null ? null : BigInt(String(hold_id)),
      ]),
    ),
  };
  const decisions = decideHolds(wishes, state);
  const rows = decisions.map((decision, index) =>
    decision.ok
      ? rowsOf(decision, at(ids, index), voucherOf(decision.wish, early.vouchers))
      : undefined,
  );
  await writeHolds(tx, site, decisions, rows);
  return decisions.map((decision, index) => {
    const hold = rows[index]?.hold;
    if (!decision.ok || !hold) return decision as HoldRefusal;
    const lines = decision.wish.lines.map(({ typeId, quantity, seatIds: own }) => ({
      ...{ typeId, quantity, seatIds: own },
    }));
    return { ok: true, hold: { publicId: hold.publicId, expiresAt: hold.expiresAt, lines } };
  });
}
