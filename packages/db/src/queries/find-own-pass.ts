import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { media, orderLines, orders, passes, passTypes, persons, seats } from '../schema/index.ts';

/** A pass of this event with its holder, type, seat, order and media. A medium's code is not read: it opens the gate. */
export async function findOwnPass(db: DbOrTx, eventId: bigint, publicId: string) {
  const [found] = await db
    .select({
      pass: passes,
      holderName: persons.name,
      holderEmail: persons.email,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      policyKind: passTypes.policyKind,
      policyCount: passTypes.policyCount,
      seat: { section: seats.section, row: seats.row, number: seats.number },
      order: { id: orders.id, reference: orders.reference, paidAt: orders.paidAt },
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(passes.eventId, eventId), eq(passes.publicId, publicId)));
  if (!found) return undefined;
  const codes = await db
    .select({ no: media.no, kind: media.kind, state: media.state, diedAt: media.diedAt })
    .from(media)
    .where(eq(media.passId, found.pass.id))
    .orderBy(asc(media.no));
  return { ...found, media: codes };
}

export type OwnPass = NonNullable<Awaited<ReturnType<typeof findOwnPass>>>;
