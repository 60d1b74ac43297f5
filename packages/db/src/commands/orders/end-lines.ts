import { inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { orderLines, passes, seatClaims } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { lockStock, moveStock, type OrderRow } from '../locks.ts';
import { recordPassChange, type PassAct } from '../passes/record-change.ts';
import type { LineRow } from './lock-sale.ts';

/** The passes of these lines admit nobody from now on. */
export async function endPasses(
  tx: Tx,
  lines: readonly LineRow[],
  act: PassAct,
  now: Date,
): Promise<void> {
  const rows = await tx
    .select({ id: passes.id, status: passes.status })
    .from(passes)
    .where(inArray(passes.orderLineId, idsOf(lines)))
    .orderBy(passes.id)
    .for('no key update');
  const ended = rows.filter(({ status }) => status !== 'refunded').map(({ id }) => id);
  for (const id of ended) await recordPassChange(tx, id, 'refunded', act, now);
  await tx.update(passes).set({ status: 'refunded' }).where(inArray(passes.id, ended));
  await record(tx, 'pass_change', ended);
}

/** The units and seats of these lines can be sold again. The order is locked, and of this site. */
export async function returnUnits(
  tx: Tx,
  order: OrderRow,
  lines: readonly LineRow[],
): Promise<void> {
  const having = lines.filter(({ hasUnit }) => hasUnit);
  if (having.length === 0) return;
  const units = Map.groupBy(having, ({ typeId }) => typeId);
  await lockStock(tx, order.site, [...units.keys()]);
  await tx.delete(seatClaims).where(inArray(seatClaims.orderLineId, idsOf(having)));
  const moves = [...units].map(([typeId, { length }]) => ({ typeId, sold: -length, held: 0 }));
  await moveStock(tx, order.site, moves);
  await tx
    .update(orderLines)
    .set({ hasUnit: false })
    .where(inArray(orderLines.id, idsOf(having)));
}

function idsOf(lines: readonly LineRow[]): bigint[] {
  return lines.map(({ id }) => id);
}
