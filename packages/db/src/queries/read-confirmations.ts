import { and, asc, eq, gt, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  confirmationRounds,
  confirmations,
  orderLines,
  orders,
  passes,
  passTypes,
  persons,
} from '../schema/index.ts';

export async function findConfirmationRound(db: DbOrTx, eventId: bigint) {
  const [round] = await db
    .select()
    .from(confirmationRounds)
    .where(eq(confirmationRounds.eventId, eventId));
  return round;
}

/** Valid passes of an event, and how far their holders are. */
export async function countConfirmations(db: DbOrTx, eventId: bigint) {
  const [counts] = await db
    .select({
      passes: sql<number>`count(*)::int`,
      asked: sql<number>`count(*) filter (where ${confirmations.askedAt} is not null)::int`,
      confirmed: sql<number>`count(*) filter (where ${confirmations.confirmedAt} is not null)::int`,
    })
    .from(passes)
    .leftJoin(confirmations, eq(confirmations.passId, passes.id))
    .where(and(eq(passes.eventId, eventId), eq(passes.status, 'valid')));
  return counts ?? { passes: 0, asked: 0, confirmed: 0 };
}

export const confirmationFilters = [
  'all',
  'confirmed',
  'waiting',
  'not_asked',
  'no_email',
] as const;
export type ConfirmationFilter = (typeof confirmationFilters)[number];

const ofFilter: Record<ConfirmationFilter, SQL | undefined> = {
  all: undefined,
  confirmed: isNotNull(confirmations.confirmedAt),
  waiting: and(isNotNull(confirmations.askedAt), isNull(confirmations.confirmedAt)),
  not_asked: isNull(confirmations.askedAt),
  no_email: and(
    isNull(persons.email),
    sql`not exists (select from persons b where b.id = ${orders.buyerId} and b.email is not null)`,
  ),
};

/** Holders of valid passes after `after`, the first ones issued first, and what they answered. */
export async function listConfirmations(
  db: DbOrTx,
  {
    eventId,
    filter,
    after,
    limit,
  }: { eventId: bigint; filter: ConfirmationFilter; after: bigint | null; limit: number },
) {
  return db
    .select({
      id: passes.id,
      publicId: passes.publicId,
      holderName: persons.name,
      holderEmail: persons.email,
      typeName: passTypes.name,
      askedAt: confirmations.askedAt,
      remindedAt: confirmations.remindedAt,
      reminders: confirmations.reminders,
      confirmedAt: confirmations.confirmedAt,
      nameCorrectedAt: confirmations.nameCorrectedAt,
      answers: confirmations.answers,
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(confirmations, eq(confirmations.passId, passes.id))
    .where(
      and(
        eq(passes.eventId, eventId),
        eq(passes.status, 'valid'),
        ofFilter[filter],
        after === null ? undefined : gt(passes.id, after),
      ),
    )
    .orderBy(asc(passes.id))
    .limit(limit);
}

/** What a holder confirmed so far. */
export async function findConfirmation(db: DbOrTx, passId: bigint) {
  const [found] = await db.select().from(confirmations).where(eq(confirmations.passId, passId));
  return found;
}
