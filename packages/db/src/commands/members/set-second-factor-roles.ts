import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { members, organizationSecurity, type MemberRole } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';
import { lockMembers } from './change-member.ts';

export type SetSecondFactorRolesResult =
  | { ok: true; version: number }
  /** Somebody else changed it since `version`. */
  | { ok: false; code: 'edited_meanwhile' };

/** Says which roles must have a second factor. Whoever has such a role and none is sent to set one up, from the next request on. */
export async function setSecondFactorRoles(
  db: Db,
  {
    organizationId,
    roles,
    version,
  }: { organizationId: string; roles: readonly MemberRole[]; version: number },
  by: Actor,
): Promise<SetSecondFactorRolesResult> {
  return transact<SetSecondFactorRolesResult>(db, async (tx) => {
    await lockMembers(tx, organizationId);
    const ofOrganization = eq(organizationSecurity.organizationId, organizationId);
    const [known] = await tx.select().from(organizationSecurity).where(ofOrganization);
    if ((known?.version ?? 0) !== version) return { ok: false, code: 'edited_meanwhile' };
    const set = { secondFactorRoles: [...roles], version: version + 1 };
    await tx
      .insert(organizationSecurity)
      .values({ organizationId, ...set })
      .onConflictDoUpdate({ target: organizationSecurity.organizationId, set });
    const entry = { action: 'member.setSecondFactorRoles', subjectKind: 'organization' };
    await writeAudit(tx, by, {
      ...{ ...entry, subjectId: organizationId },
      before: { roles: known?.secondFactorRoles ?? [] },
      after: { roles },
    });
    // Walls ask for a ticket again, and whoever lacks a factor now gets none.
    const own = await tx
      .select({ memberId: members.id })
      .from(members)
      .where(and(eq(members.organizationId, organizationId)));
    for (const { memberId } of own) await notify(tx, { kind: 'member', memberId });
    return { ok: true, version: version + 1 };
  });
}
