import { and, desc, eq, like } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { orders } from '../schema/index.ts';
import { anywhere } from './anywhere.ts';

/** Letters of a reference that say something: two are in every hundredth one. */
const pieceLengthMin = 3;

/** Orders that are found by a piece: of three letters some twenty in a hundred thousand. */
const foundMax = 500;

/** An event's orders that have this anywhere in their reference, in any case, the latest first; their ids. */
export async function findByReference(
  db: DbOrTx,
  eventId: bigint,
  text: string,
): Promise<bigint[]> {
  const piece = text.trim().toUpperCase();
  if (!mayBePiece(piece)) return [];
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.eventId, eventId), like(orders.reference, anywhere(piece))))
    .orderBy(desc(orders.id))
    .limit(foundMax);
  return rows.map(({ id }) => id);
}

function mayBePiece(text: string): boolean {
  return text.length >= pieceLengthMin && /^[A-Z0-9-]+$/.test(text);
}
