import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  mailOutbox,
  orderLines,
  orders,
  passes,
  passTypes,
  payments,
  persons,
  refunds,
  seats,
} from '../schema/index.ts';

/** Everything the desk knows of an order of this event: lines, money, passes, mails. */
export async function findOwnOrder(db: DbOrTx, eventId: bigint, reference: string) {
  const [found] = await db
    .select({ order: orders, buyerName: persons.name, buyerEmail: persons.email })
    .from(orders)
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .where(and(eq(orders.eventId, eventId), eq(orders.reference, reference)));
  if (!found) return undefined;
  const { id } = found.order;
  const [lines, ownPasses, money, mails] = await Promise.all([
    linesOf(db, id),
    passesOf(db, id),
    moneyOf(db, id),
    db.select().from(mailOutbox).where(eq(mailOutbox.orderId, id)).orderBy(asc(mailOutbox.id)),
  ]);
  return { ...found, lines, passes: ownPasses, money, mails };
}

export type OwnOrder = NonNullable<Awaited<ReturnType<typeof findOwnOrder>>>;

function linesOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({
      no: orderLines.no,
      typeName: passTypes.name,
      priceMinor: orderLines.priceMinor,
      feeMinor: orderLines.feeMinor,
      refundedMinor: orderLines.refundedMinor,
      hasUnit: orderLines.hasUnit,
      seat: { section: seats.section, row: seats.row, number: seats.number },
    })
    .from(orderLines)
    .innerJoin(passTypes, eq(passTypes.id, orderLines.typeId))
    .leftJoin(seats, eq(seats.id, orderLines.seatId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.no));
}

function passesOf(db: DbOrTx, orderId: bigint) {
  return db
    .select({
      publicId: passes.publicId,
      status: passes.status,
      holderName: persons.name,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      lineNo: orderLines.no,
    })
    .from(passes)
    .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.no), asc(passes.id));
}

/** Payments in the order they were tried, each refund beside its payment. */
async function moneyOf(db: DbOrTx, orderId: bigint) {
  const tried = await db
    .select()
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.id));
  const returned = await db
    .select({ refund: refunds })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(refunds.id));
  return tried.map((payment) => ({
    payment,
    refunds: returned.flatMap(({ refund }) => (refund.paymentId === payment.id ? [refund] : [])),
  }));
}
