import { asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  events,
  holdLines,
  holds,
  passTypes,
  seatClaims,
  seats,
  vouchers,
} from '../schema/index.ts';

/**
 * A hold as its buyer's cart shows it, by the secret in their cookie: what is in it and what it costs now.
 * Seats are there while the hold has them; after it ended only the quantities tell what was in it.
 */
export async function findHold(db: DbOrTx, publicId: string) {
  const [hold] = await db
    .select({
      id: holds.id,
      publicId: holds.publicId,
      state: holds.state,
      createdAt: holds.createdAt,
      expiresAt: holds.expiresAt,
      voucher: vouchers,
      event: {
        slug: events.slug,
        name: events.name,
        timeZone: events.timeZone,
        currency: events.currency,
        look: events.look,
      },
    })
    .from(holds)
    .innerJoin(events, eq(events.id, holds.eventId))
    .leftJoin(vouchers, eq(vouchers.id, holds.voucherId))
    .where(eq(holds.publicId, publicId));
  if (!hold) return undefined;
  const [lines, heldSeats] = await Promise.all([
    listHoldLines(db, hold.id),
    listHeldSeats(db, hold.id),
  ]);
  return { ...hold, lines, seats: heldSeats };
}

function listHoldLines(db: DbOrTx, holdId: bigint) {
  return db
    .select({
      typeId: passTypes.id,
      typeNo: passTypes.no,
      name: passTypes.name,
      colour: passTypes.colour,
      seated: passTypes.seated,
      passesPerUnit: passTypes.passesPerUnit,
      priceMinor: passTypes.priceMinor,
      feeMinor: passTypes.feeMinor,
      taxBasisPoints: passTypes.taxBasisPoints,
      quantity: holdLines.quantity,
    })
    .from(holdLines)
    .innerJoin(passTypes, eq(passTypes.id, holdLines.typeId))
    .where(eq(holdLines.holdId, holdId))
    .orderBy(asc(passTypes.no));
}

function listHeldSeats(db: DbOrTx, holdId: bigint) {
  return db
    .select({
      id: seats.id,
      typeNo: passTypes.no,
      section: seats.section,
      row: seats.row,
      number: seats.number,
    })
    .from(seatClaims)
    .innerJoin(seats, eq(seats.id, seatClaims.seatId))
    .innerJoin(passTypes, eq(passTypes.id, seats.typeId))
    .where(eq(seatClaims.holdId, holdId))
    .orderBy(asc(seats.id));
}

export type StoreHold = NonNullable<Awaited<ReturnType<typeof findHold>>>;
