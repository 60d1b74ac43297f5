import { asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { delegationQuotas, delegations, events, passTypes } from '../../schema/index.ts';

/** A delegation with its event and its quotas, for a mail about it. */
export async function findDelegation(db: DbOrTx, id: bigint) {
  const [found] = await db
    .select({ delegation: delegations, event: events })
    .from(delegations)
    .innerJoin(events, eq(events.id, delegations.eventId))
    .where(eq(delegations.id, id));
  if (!found) return undefined;
  const quotas = await db
    .select({ typeName: passTypes.name, quantity: delegationQuotas.quantity })
    .from(delegationQuotas)
    .innerJoin(passTypes, eq(passTypes.id, delegationQuotas.typeId))
    .where(eq(delegationQuotas.delegationId, id))
    .orderBy(asc(passTypes.no));
  return { ...found, quotas };
}
