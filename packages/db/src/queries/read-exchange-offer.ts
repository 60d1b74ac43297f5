import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  holds,
  orderLines,
  orders,
  passes,
  passExchanges,
  passTypes,
  seatClaims,
  seats,
  stock,
} from '../schema/index.ts';

/** What a sold pass can be exchanged for at this site, what it is worth, and the exchange that waits for its payment. */
export async function readExchangeOffer(db: DbOrTx, pass: { id: bigint; eventId: bigint }) {
  const here = sql`(select number from sites where is_local)`;
  const [types, [line], [waiting]] = await Promise.all([
    db
      .select({
        id: passTypes.id,
        name: passTypes.name,
        seated: passTypes.seated,
        priceMinor: sql`${passTypes.priceMinor} + ${passTypes.feeMinor}`.mapWith(Number),
        free: sql`${stock.quantity} - ${stock.held} - ${stock.sold}`.mapWith(Number),
      })
      .from(passTypes)
      .innerJoin(stock, and(eq(stock.typeId, passTypes.id), eq(stock.site, here)))
      .where(
        and(
          eq(passTypes.eventId, pass.eventId),
          eq(passTypes.kind, 'ticket'),
          eq(passTypes.passesPerUnit, 1),
          eq(passTypes.archived, false),
        ),
      )
      .orderBy(asc(passTypes.position), asc(passTypes.no)),
    db
      .select({
        orderId: orders.id,
        paidMinor:
          sql`${orderLines.priceMinor} + ${orderLines.feeMinor} - ${orderLines.refundedMinor}`.mapWith(
            Number,
          ),
        leftMinor: sql`${orders.paidMinor} - ${orders.refundedMinor}`.mapWith(Number),
        laterMinor:
          sql`(select coalesce(sum(d.paid_minor - d.refunded_minor), 0) from pass_exchanges e join orders d on d.id = e.order_id
          where e.pass_id = ${pass.id} and e.state = 'done')`.mapWith(Number),
      })
      .from(passes)
      .innerJoin(orderLines, eq(orderLines.id, passes.orderLineId))
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(eq(passes.id, pass.id)),
    db
      .select({
        reference: orders.reference,
        dueMinor: passExchanges.differenceMinor,
        expiresAt: holds.expiresAt,
        typeName: passTypes.name,
      })
      .from(passExchanges)
      .innerJoin(orders, eq(orders.id, passExchanges.orderId))
      .innerJoin(holds, eq(holds.id, orders.holdId))
      .innerJoin(passTypes, eq(passTypes.id, passExchanges.toTypeId))
      .where(and(eq(passExchanges.passId, pass.id), eq(passExchanges.state, 'waiting'))),
  ]);
  const worthMinor = line ? Math.min(line.paidMinor, line.leftMinor) + line.laterMinor : 0;
  return { types, worthMinor, waiting: waiting ?? null };
}

/** Seats that are listed at once: a hall's worth of a type. */
const seatsListedMax = 2_000;

/** Seats of a type that are free at this site, in the order of the seat map. */
export async function listFreeSeats(db: DbOrTx, eventId: bigint, typeId: bigint) {
  return db
    .select({ id: seats.id, section: seats.section, row: seats.row, number: seats.number })
    .from(seats)
    .leftJoin(seatClaims, eq(seatClaims.seatId, seats.id))
    .where(
      and(
        eq(seats.eventId, eventId),
        eq(seats.typeId, typeId),
        eq(seats.outOfSale, false),
        sql`${seats.site} = (select number from sites where is_local)`,
        isNull(seatClaims.seatId),
      ),
    )
    .orderBy(asc(seats.section), asc(seats.row), asc(seats.number))
    .limit(seatsListedMax);
}
