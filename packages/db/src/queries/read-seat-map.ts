import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, passTypes, seatClaims, seatMaps, seats } from '../schema/index.ts';

/** A seat map with what its editor must know besides. `version` is 0 while there is none. */
export async function readSeatMap(db: DbOrTx, eventId: bigint) {
  const [[map], types, taken, seatCount] = await Promise.all([
    db.select().from(seatMaps).where(eq(seatMaps.eventId, eventId)),
    db
      .select({
        no: passTypes.no,
        name: passTypes.name,
        colour: passTypes.colour,
        priceMinor: passTypes.priceMinor,
        feeMinor: passTypes.feeMinor,
        seated: passTypes.seated,
      })
      .from(passTypes)
      .where(
        and(
          eq(passTypes.eventId, eventId),
          eq(passTypes.kind, 'ticket'),
          eq(passTypes.archived, false),
        ),
      )
      .orderBy(asc(passTypes.position), asc(passTypes.no)),
    db
      .select({ section: seats.section, row: seats.row, number: seats.number })
      .from(seatClaims)
      .innerJoin(seats, eq(seats.id, seatClaims.seatId))
      .where(eq(seats.eventId, eventId)),
    db.$count(seats, eq(seats.eventId, eventId)),
  ]);
  return {
    version: map?.version ?? 0,
    document: map?.document ?? null,
    noSingleSeats: map?.noSingleSeats ?? true,
    types,
    /** Seats that somebody has now. */
    taken,
    seatCount,
  };
}

/** The map as buyers see it: labels, tables and standing blocks besides the seats. */
export async function findSeatMap(db: DbOrTx, slug: string) {
  const [map] = await db
    .select({ document: seatMaps.document, noSingleSeats: seatMaps.noSingleSeats })
    .from(seatMaps)
    .innerJoin(events, eq(events.id, seatMaps.eventId))
    .where(eq(events.slug, slug));
  return map;
}

export type StoreSeatMap = NonNullable<Awaited<ReturnType<typeof findSeatMap>>>;
