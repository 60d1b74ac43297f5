import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { applicationForms, delegationQuotas, delegations, passTypes } from '../../schema/index.ts';

/** An event's delegations by name, each with its quotas. */
export async function listDelegations(db: DbOrTx, eventId: bigint) {
  const rows = await db
    .select()
    .from(delegations)
    .where(eq(delegations.eventId, eventId))
    .orderBy(asc(delegations.name));
  const quotas = await db
    .select()
    .from(delegationQuotas)
    .where(
      inArray(
        delegationQuotas.delegationId,
        rows.map(({ id }) => id),
      ),
    );
  const quotasOf = Map.groupBy(quotas, ({ delegationId }) => delegationId);
  return rows.map((row) => ({ ...row, quotas: quotasOf.get(row.id) ?? [] }));
}

/** An event's credential types, each with its form where it has one. */
export async function listCredentialTypes(db: DbOrTx, eventId: bigint) {
  return db
    .select({ type: passTypes, form: applicationForms })
    .from(passTypes)
    .leftJoin(applicationForms, eq(applicationForms.typeId, passTypes.id))
    .where(
      and(
        eq(passTypes.eventId, eventId),
        eq(passTypes.kind, 'credential'),
        eq(passTypes.archived, false),
      ),
    )
    .orderBy(asc(passTypes.position), asc(passTypes.no));
}
