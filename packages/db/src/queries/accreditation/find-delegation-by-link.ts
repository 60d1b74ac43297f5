import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { hashOfSecret } from '../../commands/devices/secrets.ts';
import {
  applicationForms,
  applications,
  delegationQuotas,
  delegations,
  events,
  passTypes,
} from '../../schema/index.ts';

/** The delegation whose link carries this secret, with its event. */
export async function findDelegationByLink(db: DbOrTx, secret: string) {
  const [found] = await db
    .select({ delegation: delegations, event: events })
    .from(delegations)
    .innerJoin(events, eq(events.id, delegations.eventId))
    .where(eq(delegations.linkHash, hashOfSecret(secret)));
  return found;
}

/** What a delegation may apply for: types with a form, and how many places of each are taken. */
export async function listDelegationForms(db: DbOrTx, delegationId: bigint) {
  return db
    .select({
      type: passTypes,
      form: applicationForms,
      quantity: delegationQuotas.quantity,
      used: delegationQuotas.used,
    })
    .from(delegationQuotas)
    .innerJoin(passTypes, eq(passTypes.id, delegationQuotas.typeId))
    .innerJoin(applicationForms, eq(applicationForms.typeId, delegationQuotas.typeId))
    .where(and(eq(delegationQuotas.delegationId, delegationId), eq(passTypes.archived, false)))
    .orderBy(asc(passTypes.no));
}

/** Everybody a delegation has applied for, the latest first. */
export async function listDelegationApplications(db: DbOrTx, delegationId: bigint) {
  return db
    .select()
    .from(applications)
    .where(eq(applications.delegationId, delegationId))
    .orderBy(desc(applications.createdAt), desc(applications.id));
}

/** The public form of an event's credential type, whether or not it is open now. */
export async function findPublicForm(db: DbOrTx, eventSlug: string, typeNo: number) {
  const [found] = await db
    .select({ event: events, type: passTypes, form: applicationForms })
    .from(applicationForms)
    .innerJoin(passTypes, eq(passTypes.id, applicationForms.typeId))
    .innerJoin(events, eq(events.id, passTypes.eventId))
    .where(
      and(
        eq(events.slug, eventSlug),
        eq(passTypes.no, typeNo),
        eq(passTypes.archived, false),
        eq(applicationForms.isPublic, true),
        inArray(events.status, ['published', 'closed']),
      ),
    );
  return found;
}
