import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import {
  accounts,
  invitations,
  mailOutbox,
  members,
  users,
  type MemberRole,
} from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { lockMembers } from './change-member.ts';

/** A week: people are on holiday. */
const invitationTtlMs = 7 * 24 * 3_600_000;

export interface InvitationRequest {
  organizationId: string;
  /** In lower case. */
  email: string;
  role: MemberRole;
  inviterId: string;
}

export type InviteMemberResult =
  { ok: true; invitationId: string } | { ok: false; code: 'already_member' };

/** Invites somebody by mail. An invitation that waits for the same address is replaced. */
export async function inviteMember(
  db: Db,
  { organizationId, email, role, inviterId }: InvitationRequest,
  now: Date,
  by: Actor,
): Promise<InviteMemberResult> {
  return transact<InviteMemberResult>(db, async (tx) => {
    await lockMembers(tx, organizationId);
    const [known] = await tx
      .select({ id: members.id })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, organizationId), eq(users.email, email)));
    if (known) return { ok: false, code: 'already_member' };
    await tx
      .update(invitations)
      .set({ status: 'canceled' })
      .where(and(waitingIn(organizationId), eq(invitations.email, email)));
    // Whoever knows the id has nothing: the link in the mail is signed.
    const id = randomBytes(18).toString('base64url');
    const expiresAt = new Date(now.getTime() + invitationTtlMs);
    const request = { organizationId, email, role, inviterId, expiresAt, createdAt: now };
    await tx.insert(invitations).values({ id, ...request });
    await queueInvitation(tx, id, now);
    await tellInvitation(tx, 'member.invite', id, by, { role });
    return { ok: true, invitationId: id };
  });
}

export type InvitationResult = { ok: true } | { ok: false; code: 'unknown_invitation' };

/** Sends the mail of an invitation that waits once more; it is good for another week. */
export async function resendInvitation(
  db: Db,
  which: { organizationId: string; invitationId: string; within: readonly MemberRole[] },
  now: Date,
  by: Actor,
): Promise<InvitationResult> {
  return transact<InvitationResult>(db, async (tx) => {
    const invitation = await lockInvitation(tx, which);
    if (!invitation) return { ok: false, code: 'unknown_invitation' };
    const expiresAt = new Date(now.getTime() + invitationTtlMs);
    await tx.update(invitations).set({ expiresAt }).where(eq(invitations.id, invitation.id));
    await queueInvitation(tx, invitation.id, now);
    await tellInvitation(tx, 'member.resendInvitation', invitation.id, by, { expiresAt });
    return { ok: true };
  });
}

/** Takes an invitation back: its link opens nothing any more. */
export async function revokeInvitation(
  db: Db,
  which: { organizationId: string; invitationId: string; within: readonly MemberRole[] },
  by: Actor,
): Promise<InvitationResult> {
  return transact<InvitationResult>(db, async (tx) => {
    const invitation = await lockInvitation(tx, which);
    if (!invitation) return { ok: false, code: 'unknown_invitation' };
    const gone = { status: 'canceled' };
    await tx.update(invitations).set(gone).where(eq(invitations.id, invitation.id));
    await tellInvitation(tx, 'member.revokeInvitation', invitation.id, by, gone);
    return { ok: true };
  });
}

/** Who accepts: an account that is signed in, or a new one with the invitation's address. */
export type Acceptor = { userId: string } | { name: string; passwordHash: string };

export type AcceptInvitationResult =
  | { ok: true; userId: string }
  /** It was taken back, accepted before, or waited too long. */
  | { ok: false; code: 'unknown_invitation' }
  /** Another account's address; or a new account where there is one already. */
  | { ok: false; code: 'other_account' };

/** Makes the invited a member, once. */
export async function acceptInvitation(
  db: Db,
  invitationId: string,
  acceptor: Acceptor,
  client: Pick<Actor, 'address' | 'userAgent'>,
  now: Date,
): Promise<AcceptInvitationResult> {
  return transact<AcceptInvitationResult>(db, async (tx) => {
    const [invitation] = await tx
      .select()
      .from(invitations)
      .where(eq(invitations.id, invitationId))
      .for('no key update');
    if (invitation?.status !== 'pending' || invitation.expiresAt <= now || !invitation.role) {
      return { ok: false, code: 'unknown_invitation' };
    }
    const { organizationId, email, role } = invitation;
    await lockMembers(tx, organizationId);
    const [account] = await tx.select().from(users).where(eq(users.email, email));
    const isAccount = 'userId' in acceptor;
    if (isAccount ? acceptor.userId !== account?.id : account !== undefined) {
      return { ok: false, code: 'other_account' };
    }
    const userId = isAccount ? acceptor.userId : await addUser(tx, email, acceptor, now);
    await tx
      .insert(members)
      .values({ id: randomUUID(), organizationId, userId, role, createdAt: now })
      .onConflictDoNothing();
    await tx
      .update(invitations)
      .set({ status: 'accepted' })
      .where(eq(invitations.id, invitationId));
    const by: Actor = { organizationId, kind: 'member', id: userId, ...client };
    const subject = { subjectKind: 'user', subjectId: userId };
    await writeAudit(tx, by, { action: 'member.join', ...subject, after: { role, invitationId } });
    return { ok: true, userId };
  });
}

async function addUser(
  tx: Tx,
  email: string,
  { name, passwordHash }: { name: string; passwordHash: string },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const times = { createdAt: now, updatedAt: now };
  // The link came by mail to this address.
  await tx.insert(users).values({ id, name, email, emailVerified: true, ...times });
  const account = { id: randomUUID(), accountId: id, userId: id, providerId: 'credential' };
  await tx.insert(accounts).values({ ...account, password: passwordHash, ...times });
  return id;
}

function waitingIn(organizationId: string) {
  return and(eq(invitations.organizationId, organizationId), eq(invitations.status, 'pending'));
}

async function lockInvitation(
  tx: Tx,
  {
    organizationId,
    invitationId,
    within,
  }: { organizationId: string; invitationId: string; within: readonly MemberRole[] },
) {
  const [found] = await tx
    .select()
    .from(invitations)
    .where(and(waitingIn(organizationId), eq(invitations.id, invitationId)))
    .for('no key update');
  return found?.role && within.includes(found.role) ? found : undefined;
}

async function queueInvitation(tx: Tx, invitationId: string, now: Date): Promise<void> {
  const sent = await tx.$count(mailOutbox, eq(mailOutbox.invitationId, invitationId));
  const dedupeKey = `member_invited:${invitationId}:${sent + 1}`;
  const times = { nextAttemptAt: now, createdAt: now };
  await tx.insert(mailOutbox).values({ kind: 'member_invited', invitationId, dedupeKey, ...times });
}

async function tellInvitation(
  tx: Tx,
  action: string,
  subjectId: string,
  by: Actor,
  after: Record<string, unknown>,
): Promise<void> {
  await writeAudit(tx, by, { action, subjectKind: 'invitation', subjectId, after });
}

/** An invitation as its link shows it; undefined when it opens nothing (any more). `hasAccount`: the address signs in already. */
export async function findInvitation(db: Db, invitationId: string, now: Date) {
  const [found] = await db.execute<{
    email: string;
    role: MemberRole;
    organization: string;
    has_account: boolean;
  }>(sql`select i.email, i.role, o.name as organization, exists (select from users u where u.email = i.email) as has_account
    from invitations i join organizations o on o.id = i.organization_id
    where i.id = ${invitationId} and i.status = 'pending' and i.expires_at > ${now.toISOString()} and i.role is not null`);
  if (!found) return undefined;
  const { email, role, organization, has_account: hasAccount } = found;
  return { email, role, organization, hasAccount };
}
