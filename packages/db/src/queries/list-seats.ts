import { and, asc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, holds, passTypes, seatClaims, seats } from '../schema/index.ts';

/** The seats of a seated type that this site may sell, in the order of section, row and number. */
export function listSeats(db: DbOrTx, slug: string, typeNo: number, site: number) {
  return (
    db
      .select({
        id: seats.id,
        section: seats.section,
        row: seats.row,
        number: seats.number,
        x: seats.x,
        y: seats.y,
        accessible: seats.accessible,
        companion: seats.companion,
        outOfSale: seats.outOfSale,
      })
      .from(seats)
      .innerJoin(passTypes, eq(passTypes.id, seats.typeId))
      .innerJoin(events, eq(events.id, seats.eventId))
      // What the map has no longer and somebody has is theirs, and nobody's to choose.
      .where(
        and(
          onSale(slug, typeNo),
          eq(seats.site, site),
          or(eq(seats.outOfSale, false), isNotNull(seats.mapItem)),
        ),
      )
      .orderBy(asc(seats.section), asc(seats.row), asc(seats.number))
  );
}

export type StoreSeat = Awaited<ReturnType<typeof listSeats>>[number];

/**
 * The seats of a type that somebody has, in the order of `listSeats`; all others are free, and so are those of a
 * hold past its time, whether or not it was swept up.
 * `holdPublicId` is null for a sold one: who asks with that id learns which are their own.
 */
export function listTakenSeats(db: DbOrTx, slug: string, typeNo: number) {
  return db
    .select({ id: seats.id, holdPublicId: holds.publicId })
    .from(seatClaims)
    .innerJoin(seats, eq(seats.id, seatClaims.seatId))
    .innerJoin(passTypes, eq(passTypes.id, seats.typeId))
    .innerJoin(events, eq(events.id, seats.eventId))
    .leftJoin(holds, eq(holds.id, seatClaims.holdId))
    .where(
      and(onSale(slug, typeNo), or(isNull(seatClaims.holdId), gt(holds.expiresAt, sql`now()`))),
    )
    .orderBy(asc(seats.section), asc(seats.row), asc(seats.number));
}

export type TakenSeat = Awaited<ReturnType<typeof listTakenSeats>>[number];

function onSale(slug: string, typeNo: number) {
  return and(
    eq(events.slug, slug),
    inArray(events.status, ['published', 'closed']),
    eq(passTypes.no, typeNo),
    eq(passTypes.seated, true),
  );
}
