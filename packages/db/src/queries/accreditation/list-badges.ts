import { and, asc, desc, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import {
  applications,
  badgeDesigns,
  delegations,
  passChanges,
  passes,
  persons,
  photos,
} from '../../schema/index.ts';

/** An event's badge designs, the first one first: it is for types that have none of their own. */
export async function listBadgeDesigns(db: DbOrTx, eventId: bigint) {
  return db
    .select()
    .from(badgeDesigns)
    .where(eq(badgeDesigns.eventId, eventId))
    .orderBy(asc(badgeDesigns.id));
}

/** Whose badges are to be printed. */
export interface BadgeSelection {
  eventId: bigint;
  /** Null for all types. */
  typeId: bigint | null;
  /** Without those that were printed before. */
  unprintedOnly: boolean;
  limit: number;
}

/** Valid credentials of an event, those granted first first. */
export async function selectBadges(
  db: DbOrTx,
  { eventId, typeId, unprintedOnly, limit }: BadgeSelection,
): Promise<bigint[]> {
  const printed = db
    .select({ one: sql`1` })
    .from(passChanges)
    .where(and(eq(passChanges.passId, passes.id), eq(passChanges.kind, 'badge_printed')));
  const rows = await db
    .select({ id: passes.id })
    .from(passes)
    .where(
      and(
        eq(passes.eventId, eventId),
        eq(passes.kind, 'credential'),
        eq(passes.status, 'valid'),
        typeId === null ? undefined : eq(passes.typeId, typeId),
        unprintedOnly ? notExists(printed) : undefined,
      ),
    )
    .orderBy(asc(passes.createdAt), asc(passes.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** What a badge shows of its holder besides what a ticket says: by pass. */
export async function readBadgeFacts(db: DbOrTx, passIds: readonly bigint[]) {
  if (passIds.length === 0)
    return new Map<bigint, { photo: Uint8Array | null; delegationName: string }>();
  const ids = [...passIds];
  const [pictures, brought] = await Promise.all([
    db
      .select({ passId: passes.id, picture: photos.picture })
      .from(passes)
      .innerJoin(persons, eq(persons.id, passes.holderId))
      .innerJoin(photos, eq(photos.id, persons.photoId))
      .where(inArray(passes.id, ids)),
    db
      .select({ passId: applications.passId, name: delegations.name })
      .from(applications)
      .innerJoin(delegations, eq(delegations.id, applications.delegationId))
      .where(inArray(applications.passId, ids))
      // Of somebody whom two bring, the first one stays.
      .orderBy(desc(applications.createdAt), desc(applications.id)),
  ]);
  const photoOf = new Map(pictures.map(({ passId, picture }) => [passId, picture]));
  const nameOf = new Map(brought.map(({ passId, name }) => [passId, name]));
  return new Map(
    ids.map((id) => [id, { photo: photoOf.get(id) ?? null, delegationName: nameOf.get(id) ?? '' }]),
  );
}

/** The photo's id and the delegation of a credential's holder. */
export async function findHolder(db: DbOrTx, passId: bigint) {
  const [row] = await db
    .select({ photoId: persons.photoId, delegationName: delegations.name })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .leftJoin(applications, eq(applications.passId, passes.id))
    .leftJoin(delegations, eq(delegations.id, applications.delegationId))
    .where(eq(passes.id, passId))
    .orderBy(asc(applications.createdAt), asc(applications.id))
    .limit(1);
  return row;
}
