import { eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { waitingPlaces, waitingRooms } from '../schema/index.ts';
import { hasBought } from './has-bought.ts';

/** A waiting room as those see it who run it; undefined where there never was one. */
export async function getWaitingNumbers(db: DbOrTx, eventId: bigint) {
  const [room] = await db.select().from(waitingRooms).where(eq(waitingRooms.eventId, eventId));
  if (!room) return undefined;
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`(count(*) filter (where ${condition}))::integer`;
  const { calledAt, enteredAt, endedAt } = waitingPlaces;
  const [numbers] = await db
    .select({
      waiting: count(sql`${calledAt} is null and ${endedAt} is null`),
      called: count(sql`${calledAt} is not null`),
      inShop: count(sql`${enteredAt} is not null and ${endedAt} is null`),
      awaited: count(sql`${calledAt} is not null and ${enteredAt} is null and ${endedAt} is null`),
      bought: count(sql`${enteredAt} is not null and ${hasBought}`),
    })
    .from(waitingPlaces)
    .where(eq(waitingPlaces.eventId, eventId));
  if (!numbers) throw new Error('a count has a row');
  return { room, numbers };
}
