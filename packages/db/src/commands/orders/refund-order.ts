import { assert } from '@catraca/domain';
import { eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { orders } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { freeHolds } from '../holds/free-holds.ts';
import { lockStock } from '../locks.ts';
import { queueRefundMail } from '../mail/queue-mail.ts';
import { atTheConsole, type PassAct } from '../passes/record-change.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { giveBackVouchers } from '../vouchers-in-sale.ts';
import { endPasses, returnUnits } from './end-lines.ts';
import { lockSale, type LineRow, type LockedSale } from './lock-sale.ts';
import { leftOfLines, leftOfOrder, returnMoney, type MoneySource } from './return-money.ts';

/**
 * `refunded`: its money goes back, `refundMinor` of it. `asked`: another site took the money, and gives it back when it hears of it;
 * the passes admit nobody from now on either way.
 */
export type RefundOrderResult =
  | { ok: true; outcome: 'refunded'; refundMinor: number }
  | { ok: true; outcome: 'asked' }
  | { ok: false; code: 'unknown_order' | 'not_paid' }
  /** Something else was done to it at the same moment; the same may be asked again. */
  | { ok: false; code: 'busy' };

/**
 * Gives back all that is left of the money of a paid order and of the exchanges of its passes: its passes are `refunded`, its units and
 * seats can be sold again. Asked again, it is done once.
 */
export async function refundOrder(
  db: Db,
  orderId: bigint,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<RefundOrderResult> {
  return transact<RefundOrderResult>(db, async (tx) => {
    const result = await refundIn(tx, orderId, now, act);
    const refundMinor = result.ok && result.outcome === 'refunded' ? result.refundMinor : null;
    if (by && result.ok) await writeAudit(tx, by, await refundAudit(tx, orderId, { refundMinor }));
    return result;
  });
}

/** `refundOrder` in a transaction that has locked nothing yet, but for rows of a job. */
export async function refundIn(
  tx: Tx,
  orderId: bigint,
  now: Date,
  act: PassAct = atTheConsole,
): Promise<RefundOrderResult> {
  const found = await tx.query.orders.findFirst({ where: eq(orders.id, orderId) });
  if (!found) return { ok: false, code: 'unknown_order' };
  const sale = await lockSale(tx, found);
  if (!sale) return { ok: false, code: 'busy' };
  if (sale.order.state === 'refunded') return { ok: true, outcome: 'refunded', refundMinor: 0 };
  if (sale.order.state !== 'paid') return { ok: false, code: 'not_paid' };
  const site = await getLocalSite(tx);
  if (sale.order.site !== site.number) {
    await endPasses(tx, sale.lines, act, now);
    await record(tx, 'refund_ask', [orderId]);
    return { ok: true, outcome: 'asked' };
  }
  const refundMinor = await takeBack(tx, sale, sale.lines, null, act, now);
  assert(refundMinor !== undefined, 'what is left can go back');
  return { ok: true, outcome: 'refunded', refundMinor };
}

export interface RefundPart {
  /** Lines of the order by their numbers, whose passes end; none of them, where only money goes back. */
  lineNos: readonly number[];
  /** How much goes back; null: all that was paid for the lines. */
  amountMinor: number | null;
}

export type RefundPartResult =
  | { ok: true; refundMinor: number }
  | { ok: false; code: 'unknown_order' | 'not_paid' | 'busy' }
  /** Another site took the money: parts go back there only. */
  | { ok: false; code: 'paid_elsewhere' }
  /** The order has no such line, or it went back before. */
  | { ok: false; code: 'unknown_line' }
  /** Neither lines nor money were asked for. */
  | { ok: false; code: 'nothing' }
  /** `leftMinor` can still go back for this. */
  | { ok: false; code: 'too_much'; leftMinor: number };

/** Gives back lines of a paid order with their money, or an amount while its passes stay. What went back is never more than what was paid. */
export async function refundPart(
  db: Db,
  orderId: bigint,
  part: RefundPart,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<RefundPartResult> {
  return transact<RefundPartResult>(db, async (tx) => {
    const found = await tx.query.orders.findFirst({ where: eq(orders.id, orderId) });
    if (!found) return { ok: false, code: 'unknown_order' };
    const sale = await lockSale(tx, found);
    if (!sale) return { ok: false, code: 'busy' };
    if (sale.order.state !== 'paid') return { ok: false, code: 'not_paid' };
    if (sale.order.site !== (await getLocalSite(tx)).number)
      return { ok: false, code: 'paid_elsewhere' };
    const lines = sale.lines.filter(({ no, hasUnit }) => hasUnit && part.lineNos.includes(no));
    if (lines.length !== new Set(part.lineNos).size) return { ok: false, code: 'unknown_line' };
    if (lines.length === 0 && !part.amountMinor) return { ok: false, code: 'nothing' };
    const leftMinor = sumOf(sourcesOf(sale, lines));
    if ((part.amountMinor ?? 0) > leftMinor) return { ok: false, code: 'too_much', leftMinor };
    const refundMinor = await takeBack(tx, sale, lines, part.amountMinor, act, now);
    if (by) {
      const after = { refundMinor, lineNos: part.lineNos };
      await writeAudit(tx, by, await refundAudit(tx, orderId, after));
    }
    return { ok: true, refundMinor };
  });
}

async function refundAudit(tx: Tx, orderId: bigint, after: Record<string, unknown>) {
  const order = await tx.query.orders.findFirst({ where: eq(orders.id, orderId) });
  assert(order, 'an order does not go away');
  const subject = { subjectKind: 'order', subjectId: orderId };
  return { action: 'order.refund', eventId: order.eventId, ...subject, after };
}

/** Where the money of these lines, or of the order as such, can come from: the order first, then the differences that were paid later. */
function sourcesOf({ order, differences }: LockedSale, lines: readonly LineRow[]) {
  const leftMinor = lines.length === 0 ? leftOfOrder(order) : leftOfLines(order, lines);
  const sources: MoneySource[] = [{ order, lines, leftMinor }];
  for (const { order: paid, lineId, exchange } of differences) {
    if (exchange.state !== 'done' || !lines.some(({ id }) => id === lineId)) continue;
    sources.push({ order: paid, lines: [], leftMinor: leftOfOrder(paid) });
  }
  return sources;
}

function sumOf(sources: readonly MoneySource[]): number {
  return sources.reduce((sum, { leftMinor }) => sum + leftMinor, 0);
}

/** Ends these lines and gives back `amountMinor`, or all there is for them. @returns how much. */
async function takeBack(
  tx: Tx,
  sale: LockedSale,
  lines: readonly LineRow[],
  amountMinor: number | null,
  act: PassAct,
  now: Date,
): Promise<number> {
  const sources = sourcesOf(sale, lines);
  const refundMinor = amountMinor ?? sumOf(sources);
  const asked = await returnMoney(tx, sources, refundMinor, now);
  const lineIds = new Set(lines.map(({ id }) => id));
  const touched = sale.differences.filter(({ lineId }) => lineIds.has(lineId));
  await endPasses(tx, lines, act, now);
  const waiting = touched.flatMap(({ exchange, hold }) =>
    exchange.state === 'waiting' && hold?.state === 'active' ? [{ exchange, hold }] : [],
  );
  const paidLater = touched.flatMap(({ exchange, order }) =>
    exchange.state === 'done' && order.state === 'paid' ? [order.id] : [],
  );
  const isOver = sale.lines.every(({ id, hasUnit }) => !hasUnit || lineIds.has(id));
  const closed = isOver && lines.length > 0 ? [sale.order.id, ...paidLater] : paidLater;
  await giveBackVouchers(tx, closed);
  // All stock that is moved below, locked at once and in its order.
  const typeIds = [...lines, ...waiting.map(({ exchange }) => ({ typeId: exchange.toTypeId }))];
  await lockStock(tx, sale.order.site, [...new Set(typeIds.map(({ typeId }) => typeId))]);
  await returnUnits(tx, sale.order, lines);
  await freeHolds(
    tx,
    waiting.map(({ hold }) => hold),
    'released',
  );
  await tx
    .update(orders)
    .set({ state: 'refunded', closedReason: 'requested' })
    .where(inArray(orders.id, closed));
  for (const { orderId, refundId } of asked) await queueRefundMail(tx, orderId, refundId, now);
  await record(tx, 'refund', [sale.order.id, ...paidLater]);
  return refundMinor;
}
