import { and, eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { lockOrder } from '../commands/locks.ts';
import { refund } from '../commands/orders/refund-order.ts';
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
    const { order } = await lockOrder(tx, found);
    if (order.state === 'paid') await refund(tx, order, atTheConsole, new Date());
  }
  return undefined;
}
