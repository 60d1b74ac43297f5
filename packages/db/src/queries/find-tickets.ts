import { assert, type BarcodeNumber, parseBarcode, type PassClaims } from '@catraca/domain';
import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { claimsOfMedium } from '../commands/passes/sign-medium.ts';
import {
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  media,
  passes,
  passTypes,
  persons,
  seats,
} from '../schema/index.ts';

/** A pass with its living codes: what is printed, mailed, and shown at the door. */
export interface TicketRow {
  passId: bigint;
  publicId: string;
  status: (typeof passes.$inferSelect)['status'];
  event: typeof events.$inferSelect;
  type: typeof passTypes.$inferSelect;
  holderName: string;
  seat: { section: string; row: string; number: number } | null;
  /** What its QR code says; `token` is the code's text. */
  claims: PassClaims;
  token: string;
  barcode: BarcodeNumber;
  /** Days it is for, in order. */
  days: (typeof eventDays.$inferSelect)[];
  /** Names of the entrances that lead into an area it opens. */
  entrances: string[];
}

/** The tickets of these passes, in the order of `passIds`. */
export async function findTickets(db: DbOrTx, passIds: readonly bigint[]): Promise<TicketRow[]> {
  if (passIds.length === 0) return [];
  const rows = await db
    .select({
      pass: passes,
      event: events,
      type: passTypes,
      holderName: persons.name,
      seat: { section: seats.section, row: seats.row, number: seats.number },
    })
    .from(passes)
    .innerJoin(events, eq(events.id, passes.eventId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .where(inArray(passes.id, [...passIds]));
  const codes = await livingMedia(db, passIds);
  const types = await validityOf(db, [...new Set(rows.map((row) => row.type.id))]);
  const found = new Map(
    rows.map(({ pass, event, type, holderName, seat }) => {
      const validity = types.get(type.id) ?? { days: [], entrances: [] };
      const medium = codesOf(codes, pass.id, { eventId: event.id, typeNo: type.no });
      const { id: passId, publicId, status } = pass;
      const ticket: TicketRow = {
        ...{ passId, publicId, status, event, type, holderName, seat },
        ...medium,
        ...validity,
      };
      return [passId, ticket] as const;
    }),
  );
  return passIds.flatMap((id) => found.get(id) ?? []);
}

type Medium = typeof media.$inferSelect;

function livingMedia(db: DbOrTx, passIds: readonly bigint[]): Promise<Medium[]> {
  return db
    .select()
    .from(media)
    .where(and(inArray(media.passId, [...passIds]), eq(media.state, 'active')))
    .orderBy(asc(media.passId), asc(media.no));
}

function codesOf(codes: Medium[], passId: bigint, pass: { eventId: bigint; typeNo: number }) {
  const own = codes.filter((medium) => medium.passId === passId);
  const qr = own.findLast((medium) => medium.kind === 'qr');
  const bars = own.findLast((medium) => medium.kind === 'barcode');
  assert(qr && bars?.code, 'a pass has a living QR code and barcode');
  const barcode = parseBarcode(bars.code);
  assert(barcode.ok, 'a stored barcode has its check digits');
  return { ...claimsOfMedium(pass, qr), barcode: barcode.value };
}

interface Validity {
  days: (typeof eventDays.$inferSelect)[];
  entrances: string[];
}

/** For each type the days any of its windows touches, and the open entrances into an area it opens. */
async function validityOf(db: DbOrTx, typeIds: bigint[]): Promise<Map<bigint, Validity>> {
  const [days, doors] = await Promise.all([
    db
      .selectDistinct({ typeId: entitlements.typeId, day: eventDays })
      .from(entitlements)
      .innerJoin(passTypes, eq(passTypes.id, entitlements.typeId))
      .innerJoin(
        eventDays,
        and(
          eq(eventDays.eventId, passTypes.eventId),
          lt(entitlements.startsAt, eventDays.endsAt),
          gt(entitlements.endsAt, eventDays.startsAt),
        ),
      )
      .where(inArray(entitlements.typeId, typeIds))
      .orderBy(asc(eventDays.no)),
    db
      .selectDistinct({
        typeId: entitlements.typeId,
        no: checkpoints.no,
        name: checkpoints.name,
      })
      .from(entitlements)
      .innerJoin(checkpoints, eq(checkpoints.toAreaId, entitlements.areaId))
      .innerJoin(areas, and(eq(areas.id, checkpoints.fromAreaId), eq(areas.no, 0)))
      .where(
        and(
          inArray(entitlements.typeId, typeIds),
          eq(checkpoints.open, true),
          inArray(checkpoints.directions, ['entry', 'both']),
        ),
      )
      .orderBy(asc(checkpoints.no)),
  ]);
  return new Map(
    typeIds.map((typeId) => [
      typeId,
      {
        days: days.filter((row) => row.typeId === typeId).map((row) => row.day),
        entrances: doors.filter((row) => row.typeId === typeId).map((row) => row.name),
      },
    ]),
  );
}
