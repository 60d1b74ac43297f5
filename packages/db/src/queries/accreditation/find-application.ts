import { isSamePerson } from '@catraca/domain/accreditation';
import { and, asc, eq, ne, or } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import {
  applicationForms,
  applications,
  delegations,
  events,
  passes,
  passTypes,
  photos,
  users,
} from '../../schema/index.ts';

/** An application with all that belongs to it, by the id in its address. */
export async function findApplication(db: DbOrTx, publicId: string) {
  const [found] = await db
    .select({
      application: applications,
      event: events,
      type: passTypes,
      form: applicationForms,
      delegation: {
        id: delegations.id,
        name: delegations.name,
        contactName: delegations.contactName,
        contactEmail: delegations.contactEmail,
      },
      pass: { id: passes.id, publicId: passes.publicId, status: passes.status },
      decidedByName: users.name,
    })
    .from(applications)
    .innerJoin(events, eq(events.id, applications.eventId))
    .innerJoin(passTypes, eq(passTypes.id, applications.typeId))
    .leftJoin(applicationForms, eq(applicationForms.typeId, applications.typeId))
    .leftJoin(delegations, eq(delegations.id, applications.delegationId))
    .leftJoin(passes, eq(passes.id, applications.passId))
    .leftJoin(users, eq(users.id, applications.decidedBy))
    .where(eq(applications.publicId, publicId));
  return found;
}

export type FoundApplication = NonNullable<Awaited<ReturnType<typeof findApplication>>>;

/** The address of an application, for mails that know its row. */
export async function findApplicationPublicId(db: DbOrTx, id: bigint): Promise<string | undefined> {
  const [row] = await db
    .select({ publicId: applications.publicId })
    .from(applications)
    .where(eq(applications.id, id));
  return row?.publicId;
}

/** Other applications of the same person at the event (SPEC X-3), the first one first. */
export async function listDuplicates(
  db: DbOrTx,
  application: Pick<
    typeof applications.$inferSelect,
    'id' | 'eventId' | 'documentKey' | 'nameBirthKey'
  >,
) {
  const { documentKey, nameBirthKey } = application;
  if (!documentKey && !nameBirthKey) return [];
  const rows = await db
    .select({
      application: applications,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      delegationName: delegations.name,
    })
    .from(applications)
    .innerJoin(passTypes, eq(passTypes.id, applications.typeId))
    .leftJoin(delegations, eq(delegations.id, applications.delegationId))
    .where(
      and(
        eq(applications.eventId, application.eventId),
        ne(applications.id, application.id),
        or(
          documentKey ? eq(applications.documentKey, documentKey) : undefined,
          nameBirthKey ? eq(applications.nameBirthKey, nameBirthKey) : undefined,
        ),
      ),
    )
    .orderBy(asc(applications.id));
  return rows.filter(({ application: other }) => isSamePerson(application, other));
}

/** A person's picture at this event. */
export async function findPhoto(
  db: DbOrTx,
  eventId: bigint,
  photoId: bigint,
): Promise<Uint8Array | undefined> {
  const [row] = await db
    .select({ picture: photos.picture })
    .from(photos)
    .where(and(eq(photos.id, photoId), eq(photos.eventId, eventId)));
  return row?.picture;
}
