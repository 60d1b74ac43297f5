import { assert } from '@catraca/domain';
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { orderLines, passes, passExchanges, seatClaims } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { moveStock } from '../locks.ts';
import { queueMails } from '../mail/queue-mail.ts';
import { giveNewCodes } from './new-codes.ts';
import { recordPassChange, type PassAct } from './record-change.ts';
import { lockPass, type PassRow } from './revoke-pass.ts';

type ExchangeRow = typeof passExchanges.$inferSelect;

/** Exchanges that wait for the orders of these lines. Without lines nothing is asked. */
export async function waitingExchanges(
  tx: Tx,
  differences: readonly { orderId: bigint }[],
): Promise<ExchangeRow[]> {
  if (differences.length === 0) return [];
  const orderIds = differences.map(({ orderId }) => orderId);
  return tx
    .select()
    .from(passExchanges)
    .where(and(eq(passExchanges.state, 'waiting'), inArray(passExchanges.orderId, orderIds)))
    .orderBy(passExchanges.passId);
}

/**
 * The difference was paid: its order has sold the new unit, and the pass gets it. The stock of both types is locked. The line that had the
 * pass is nobody else's meanwhile: while an exchange waits no other begins, and what takes the line back ends the exchange first.
 */
export async function settleExchange(
  tx: Tx,
  exchange: ExchangeRow,
  { key, now, order }: { key: SigningKey; now: Date; order: { id: bigint; site: number } },
): Promise<void> {
  const pass = await lockPass(tx, exchange.passId);
  assert(pass, 'a pass does not go away');
  await tx
    .delete(seatClaims)
    .where(
      inArray(
        seatClaims.orderLineId,
        tx.select({ id: orderLines.id }).from(orderLines).where(eq(orderLines.orderId, order.id)),
      ),
    );
  await moveStock(tx, order.site, [{ typeId: exchange.fromTypeId, held: 0, sold: -1 }]);
  await tx
    .update(passExchanges)
    .set({ state: 'done', settledAt: now })
    .where(eq(passExchanges.id, exchange.id));
  await changePass(tx, pass, exchange, key, { userId: exchange.userId, reason: null }, now);
}

/** What a pass is exchanged for. */
export interface NewPlace {
  toTypeId: bigint;
  toSeatId: bigint | null;
}

/**
 * Makes a locked pass and its line those of another type or seat, whose unit is theirs already but for the claim of the seat, which is free.
 * With another type its codes are new, and the order's mail goes out again.
 */
export async function changePass(
  tx: Tx,
  pass: PassRow,
  { toTypeId, toSeatId }: NewPlace,
  key: SigningKey,
  act: PassAct,
  now: Date,
): Promise<void> {
  const lineId = pass.orderLineId;
  assert(lineId !== null, 'what is exchanged was sold');
  await tx.delete(seatClaims).where(eq(seatClaims.orderLineId, lineId));
  if (toSeatId !== null)
    await tx.insert(seatClaims).values({ seatId: toSeatId, orderLineId: lineId });
  const place = { typeId: toTypeId, seatId: toSeatId };
  const [line] = await tx
    .update(orderLines)
    .set(place)
    .where(eq(orderLines.id, lineId))
    .returning({ orderId: orderLines.orderId });
  assert(line, 'a line does not go away');
  await tx.update(passes).set(place).where(eq(passes.id, pass.id));
  const isOtherType = toTypeId !== pass.typeId;
  if (isOtherType) {
    const qrNo = await giveNewCodes(tx, { id: pass.id, typeId: toTypeId }, key, now);
    assert(qrNo !== null, 'a pass is not exchanged a hundred times');
  }
  await recordPassChange(tx, pass.id, isOtherType ? 'type_changed' : 'seat_changed', act, now);
  const dedupeKey = `order_paid:${line.orderId}:${pass.id}:${now.getTime()}`;
  await queueMails(tx, [{ kind: 'order_paid', orderId: line.orderId, dedupeKey }], now);
  await record(tx, 'refund', [line.orderId]);
  await record(tx, 'pass_change', [pass.id]);
}
