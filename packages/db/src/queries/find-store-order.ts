import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  events,
  holds,
  orderLines,
  orders,
  passes,
  passTypes,
  payments,
  persons,
  refunds,
  seats,
} from '../schema/index.ts';

/** An order as its buyer sees it. Whoever calls has checked that they may: by the signed link, or as the buyer who just made it. */
export async function findStoreOrder(db: DbOrTx, publicId: string) {
  const [found] = await db
    .select({
      order: orders,
      hold: { publicId: holds.publicId, state: holds.state, expiresAt: holds.expiresAt },
      buyer: { name: persons.name, email: persons.email },
      event: events,
    })
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .leftJoin(holds, eq(holds.id, orders.holdId))
    .where(eq(orders.publicId, publicId));
  if (!found) return undefined;
  const [lines, ownPasses, returned] = await Promise.all([
    linesOf(db, found.order.id),
    passesOf(db, found.order.id),
    refundsOf(db, found.order.id),
  ]);
  return { ...found, lines, passes: ownPasses, refunds: returned };
}

export type StoreOrder = NonNullable<Awaited<ReturnType<typeof findStoreOrder>>>;

const seatColumns = { section: seats.section, row: seats.row, number: seats.number };

function linesOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({
      no: orderLines.no,
      typeName: passTypes.name,
      priceMinor: orderLines.priceMinor,
      feeMinor: orderLines.feeMinor,
      discountMinor: orderLines.discountMinor,
      taxMinor: orderLines.taxMinor,
      seat: seatColumns,
    })
    .from(orderLines)
    .innerJoin(passTypes, eq(passTypes.id, orderLines.typeId))
    .leftJoin(seats, eq(seats.id, orderLines.seatId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.no));
}

function passesOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({ id: passes.id })
    .from(passes)
    .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.no), asc(passes.id));
}

function refundsOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({ amountMinor: refunds.amountMinor, reason: refunds.reason, state: refunds.state })
    .from(refunds)
    .innerJoin(payments, and(eq(payments.id, refunds.paymentId), eq(payments.orderId, orderId)))
    .orderBy(asc(refunds.id));
}

/** The public id of an order, for the worker, which knows the order by its row. */
export async function findOrderPublicId(db: DbOrTx, orderId: bigint): Promise<string | undefined> {
  const [order] = await db
    .select({ publicId: orders.publicId })
    .from(orders)
    .where(eq(orders.id, orderId));
  return order?.publicId;
}
