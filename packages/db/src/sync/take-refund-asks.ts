import { and, eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { refundIn } from '../commands/orders/refund-order.ts';
import { atTheConsole } from '../commands/passes/record-change.ts';
import { getLocalSite } from '../local-site.ts';
import { orders } from '../schema/index.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { sql } from 'drizzle-orm';

/** The other site asks for money back that this one took. One that went back already does not go back again. */
export async function takeRefundAsks(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const site = await getLocalSite(tx);
  const asked = await tx.execute<{ id: string }>(
    sql`select distinct r.id from ${rowsIn(bodies, orders)} order by r.id`,
  );
  for (const { id } of asked) {
    const [found] = await tx
      .select()
      .from(orders)
      .where(
        and(eq(orders.id, BigInt(id)), eq(orders.eventId, eventId), eq(orders.site, site.number)),
      );
    if (!found) return 'the order is none of this site and event';
    const refunded = await refundIn(tx, found.id, new Date(), atTheConsole);
    if (!refunded.ok && refunded.code === 'busy')
      throw new Error('an order is busy: the facts come again');
  }
  return undefined;
}
