import type { Tx } from '../../client.ts';
import { orders } from '../../schema/index.ts';
import { drawReference } from './reference.ts';

/** Eight of 10^11 references taken in a row is not bad luck. */
const drawsMax = 8;

/** Writes one order that did not come from a cart. @returns the reference that was drawn for it. */
export async function insertOrder(
  tx: Tx,
  row: Omit<typeof orders.$inferInsert, 'reference'>,
): Promise<string> {
  for (let draw = 0; draw < drawsMax; draw++) {
    const [written] = await tx
      .insert(orders)
      .values({ ...row, reference: drawReference() })
      .onConflictDoNothing({ target: orders.reference })
      .returning({ reference: orders.reference });
    if (written) return written.reference;
  }
  throw new Error('no order reference is left to draw');
}
