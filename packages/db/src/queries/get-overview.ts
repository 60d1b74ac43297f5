import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  areaCounters,
  areas,
  mailOutbox,
  orders,
  passes,
  passTypes,
  payments,
  refunds,
  stock,
} from '../schema/index.ts';

/** What the desk wants to know of an event at a glance, read in one snapshot: its sums fit each other. */
export async function getOverview(db: DbOrTx, eventId: bigint) {
  return db.transaction(
    async (tx) => ({
      types: await sales(tx, eventId),
      areas: await occupancy(tx, eventId),
      revenue: await revenue(tx, eventId),
      waiting: await waiting(tx, eventId),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

export type Overview = Awaited<ReturnType<typeof getOverview>>;

/** Units of each type over all sites, and the passes that are valid. A credential type has no stock. */
async function sales(tx: DbOrTx, eventId: bigint) {
  const units = tx
    .select({
      typeId: stock.typeId,
      quantity: sql<number>`sum(${stock.quantity})::int`.as('quantity'),
      held: sql<number>`sum(${stock.held})::int`.as('held'),
      sold: sql<number>`sum(${stock.sold})::int`.as('sold'),
    })
    .from(stock)
    .groupBy(stock.typeId)
    .as('units');
  const valid = tx
    .select({ typeId: passes.typeId, count: sql<number>`count(*)::int`.as('count') })
    .from(passes)
    .where(and(eq(passes.eventId, eventId), eq(passes.status, 'valid')))
    .groupBy(passes.typeId)
    .as('valid');
  return tx
    .select({
      no: passTypes.no,
      kind: passTypes.kind,
      name: passTypes.name,
      colour: passTypes.colour,
      quantity: units.quantity,
      held: units.held,
      sold: units.sold,
      validPasses: sql<number>`coalesce(${valid.count}, 0)`,
    })
    .from(passTypes)
    .leftJoin(units, eq(units.typeId, passTypes.id))
    .leftJoin(valid, eq(valid.typeId, passTypes.id))
    .where(eq(passTypes.eventId, eventId))
    .orderBy(asc(passTypes.no));
}

/** People in each area now; `outside` is not counted. */
function occupancy(tx: DbOrTx, eventId: bigint) {
  return tx
    .select({
      ...{ name: areas.name, capacity: areas.capacity },
      ...{ people: areaCounters.people, staff: areaCounters.staff },
    })
    .from(areas)
    .innerJoin(areaCounters, eq(areaCounters.areaId, areas.id))
    .where(and(eq(areas.eventId, eventId), sql`${areas.no} > 0`))
    .orderBy(asc(areas.no));
}

/** Money that arrived and money that went back, in minor units of each currency. */
function revenue(tx: DbOrTx, eventId: bigint) {
  const back = tx
    .select({
      paymentId: refunds.paymentId,
      minor: sql<number>`sum(${refunds.amountMinor})`.as('minor'),
    })
    .from(refunds)
    .groupBy(refunds.paymentId)
    .as('back');
  return tx
    .select({
      currency: payments.currency,
      receivedMinor: sql`sum(${payments.amountMinor})`.mapWith(Number),
      refundedMinor: sql`coalesce(sum(${back.minor}), 0)`.mapWith(Number),
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(back, eq(back.paymentId, payments.id))
    .where(and(eq(orders.eventId, eventId), eq(payments.state, 'succeeded')))
    .groupBy(payments.currency)
    .orderBy(asc(payments.currency));
}

/** What the worker still has to do, and what it gave up. */
async function waiting(tx: DbOrTx, eventId: bigint) {
  const ofEvent = inArray(
    mailOutbox.orderId,
    tx.select({ id: orders.id }).from(orders).where(eq(orders.eventId, eventId)),
  );
  const [mails] = await tx
    .select({
      queued: sql<number>`count(*) filter (where ${mailOutbox.state} = 'queued')::int`,
      failed: sql<number>`count(*) filter (where ${mailOutbox.state} = 'failed')::int`,
      oldestQueuedAt:
        sql`min(${mailOutbox.createdAt}) filter (where ${mailOutbox.state} = 'queued')`.mapWith(
          mailOutbox.createdAt,
        ),
    })
    .from(mailOutbox)
    .where(ofEvent);
  const [money] = await tx
    .select({ refunds: sql<number>`count(*)::int` })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(orders.eventId, eventId), eq(refunds.state, 'requested')));
  return {
    mailsQueued: mails?.queued ?? 0,
    mailsFailed: mails?.failed ?? 0,
    oldestMailAt: mails?.oldestQueuedAt ?? null,
    refunds: money?.refunds ?? 0,
  };
}
