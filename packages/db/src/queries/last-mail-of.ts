import { desc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { mailOutbox } from '../schema/index.ts';

/** The latest mail about an order, sent or not. */
export async function lastMailOf(
  db: DbOrTx,
  orderId: bigint,
): Promise<{ state: 'queued' | 'sent' | 'failed'; createdAt: Date } | undefined> {
  const [last] = await db
    .select({ state: mailOutbox.state, createdAt: mailOutbox.createdAt })
    .from(mailOutbox)
    .where(eq(mailOutbox.orderId, orderId))
    .orderBy(desc(mailOutbox.createdAt))
    .limit(1);
  return last;
}
