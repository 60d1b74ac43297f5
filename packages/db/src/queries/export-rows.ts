import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  areas,
  confirmations,
  orderLines,
  orders,
  passes,
  passTypes,
  persons,
  seats,
} from '../schema/index.ts';

/** Rows of an export that are read at once: so many are in memory, however many there are. */
export interface ExportPage {
  eventId: bigint;
  after: bigint | null;
  limit: number;
}

export async function exportOrders(db: DbOrTx, { eventId, after, limit }: ExportPage) {
  return db
    .select({
      id: orders.id,
      reference: orders.reference,
      state: orders.state,
      createdAt: orders.createdAt,
      paidAt: orders.paidAt,
      buyerName: persons.name,
      buyerEmail: persons.email,
      units:
        sql`(select count(*) from ${orderLines} where ${orderLines.orderId} = ${orders.id} and ${orderLines.hasUnit})`.mapWith(
          Number,
        ),
      totalMinor: orders.totalMinor,
      paidMinor: orders.paidMinor,
      refundedMinor: orders.refundedMinor,
      currency: orders.currency,
    })
    .from(orders)
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .where(and(eq(orders.eventId, eventId), after === null ? undefined : gt(orders.id, after)))
    .orderBy(asc(orders.id))
    .limit(limit);
}

export async function exportPasses(db: DbOrTx, { eventId, after, limit }: ExportPage) {
  return db
    .select({
      id: passes.id,
      publicId: passes.publicId,
      kind: passes.kind,
      status: passes.status,
      typeName: passTypes.name,
      section: seats.section,
      row: seats.row,
      number: seats.number,
      holderName: persons.name,
      holderEmail: persons.email,
      orderReference: orders.reference,
      createdAt: passes.createdAt,
      confirmedAt: confirmations.confirmedAt,
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(confirmations, eq(confirmations.passId, passes.id))
    .where(and(eq(passes.eventId, eventId), after === null ? undefined : gt(passes.id, after)))
    .orderBy(asc(passes.id))
    .limit(limit);
}

/** Types of an event with all their names. */
export async function listTypeNames(db: DbOrTx, eventId: bigint) {
  return db
    .select({
      id: passTypes.id,
      no: passTypes.no,
      kind: passTypes.kind,
      name: passTypes.name,
      seated: passTypes.seated,
      archived: passTypes.archived,
    })
    .from(passTypes)
    .where(eq(passTypes.eventId, eventId))
    .orderBy(asc(passTypes.position), asc(passTypes.no));
}

/** Areas of an event that people are counted in. */
export async function listAreaNames(db: DbOrTx, eventId: bigint) {
  return db
    .select({ id: areas.id, name: areas.name })
    .from(areas)
    .where(and(eq(areas.eventId, eventId), gt(areas.no, 0)))
    .orderBy(asc(areas.no));
}
