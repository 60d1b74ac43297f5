import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import {
  checkpoints,
  events,
  memberEvents,
  members,
  passkeys,
  twoFactors,
  users,
  type MemberRole,
} from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import {
  changeMember,
  type ChangeMemberResult,
  memberAudit,
  signOutMember,
  type WhichMember,
} from './change-member.ts';

/** Gives a member another role. */
export async function setMemberRole(
  db: Db,
  which: WhichMember,
  role: MemberRole,
  now: Date,
  by: Actor,
): Promise<ChangeMemberResult> {
  if (!which.within.includes(role)) return { ok: false, code: 'beyond_role' };
  return changeMember(db, which, now, async (tx, member) => {
    await tx.update(members).set({ role }).where(eq(members.id, member.id));
    const [actor, entry] = memberAudit('member.setRole', member, by);
    await writeAudit(tx, actor, { ...entry, before: { role: member.role }, after: { role } });
  });
}

/** Shuts a member out, or lets them in again. */
export async function suspendMember(
  db: Db,
  which: WhichMember,
  suspended: boolean,
  now: Date,
  by: Actor,
): Promise<ChangeMemberResult> {
  return changeMember(db, which, now, async (tx, member) => {
    const suspendedAt = suspended ? (member.suspendedAt ?? now) : null;
    await tx.update(members).set({ suspendedAt }).where(eq(members.id, member.id));
    if (suspended) await signOutMember(tx, member);
    const [actor, entry] = memberAudit('member.suspend', member, by);
    const before = { suspended: member.suspendedAt !== null };
    await writeAudit(tx, actor, { ...entry, before, after: { suspended } });
  });
}

/** Takes a member out of the organization. What they did stays told. */
export async function removeMember(
  db: Db,
  which: WhichMember,
  now: Date,
  by: Actor,
): Promise<ChangeMemberResult> {
  return changeMember(db, which, now, async (tx, member) => {
    await tx.delete(members).where(eq(members.id, member.id));
    await signOutMember(tx, member);
    const [actor, entry] = memberAudit('member.remove', member, by);
    await writeAudit(tx, actor, { ...entry, before: { role: member.role } });
  });
}

/** Takes a member's second factors away, for one who lost theirs: they sign in with the password, and set up a new one. */
export async function resetFactors(
  db: Db,
  which: WhichMember,
  now: Date,
  by: Actor,
): Promise<ChangeMemberResult> {
  return changeMember(db, which, now, async (tx, member) => {
    const { userId } = member;
    await tx.delete(twoFactors).where(eq(twoFactors.userId, userId));
    await tx.delete(passkeys).where(eq(passkeys.userId, userId));
    await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId));
    await signOutMember(tx, member);
    const [actor, entry] = memberAudit('member.resetFactors', member, by);
    await writeAudit(tx, actor, entry);
  });
}

/** An event a member works at, and there at these checkpoints (null: at all). */
export interface MemberLimit {
  eventId: bigint;
  checkpointIds: readonly bigint[] | null;
}

/** `unknown_place`: an event of another organization, or a checkpoint of another event. */
export type SetMemberLimitsResult = ChangeMemberResult | { ok: false; code: 'unknown_place' };

/** Says where a member works; null: at every event of the organization. */
export async function setMemberLimits(
  db: Db,
  which: WhichMember,
  limits: readonly MemberLimit[] | null,
  now: Date,
  by: Actor,
): Promise<SetMemberLimitsResult> {
  if (limits && !(await arePlacesOf(db, which.organizationId, limits))) {
    return { ok: false, code: 'unknown_place' };
  }
  return changeMember(db, which, now, async (tx, { id: memberId, ...member }) => {
    const ofMember = eq(memberEvents.memberId, memberId);
    const seen = { eventId: memberEvents.eventId, checkpointIds: memberEvents.checkpointIds };
    const before = await tx.select(seen).from(memberEvents).where(ofMember);
    await tx.delete(memberEvents).where(ofMember);
    const rows = limits?.map(({ eventId, checkpointIds }) => ({
      ...{ memberId, eventId, checkpointIds: checkpointIds && [...checkpointIds], createdAt: now },
    }));
    if (rows) await tx.insert(memberEvents).values(rows);
    const [actor, entry] = memberAudit('member.setLimits', { id: memberId, ...member }, by);
    await writeAudit(tx, actor, {
      ...entry,
      before: { limits: before.length > 0 ? before : null },
      after: { limits },
    });
  });
}

async function arePlacesOf(
  db: Db,
  organizationId: string,
  limits: readonly MemberLimit[],
): Promise<boolean> {
  const eventIds = limits.map(({ eventId }) => eventId);
  if (eventIds.length === 0 || new Set(eventIds).size < eventIds.length) return false;
  const ofOrganization = eq(events.organizationId, organizationId);
  const known = await db.$count(events, and(inArray(events.id, eventIds), ofOrganization));
  if (known < eventIds.length) return false;
  const found = await db
    .select({ id: checkpoints.id, eventId: checkpoints.eventId })
    .from(checkpoints)
    .where(inArray(checkpoints.eventId, eventIds));
  const eventOf = new Map(found.map(({ id, eventId }) => [id, eventId]));
  return limits.every(
    ({ eventId, checkpointIds }) =>
      checkpointIds?.every((id) => eventOf.get(id) === eventId) ?? true,
  );
}
