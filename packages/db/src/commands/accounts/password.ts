import { randomBytes } from 'node:crypto';
import { and, eq, gt, ne } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import {
  accounts,
  mailOutbox,
  members,
  sessions,
  users,
  verifications,
} from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';

/** Half an hour: to find the mail. */
const resetTtlMs = 30 * 60_000;

/** Between two mails to the same person. */
const resetPauseMs = 60_000;

const resetOf = (userId: string) => `password-reset:${userId}`;

/** The hash of an account's password, undefined when it has none. Not for logs. */
export async function findPasswordHash(db: Db, userId: string): Promise<string | undefined> {
  const [found] = await db
    .select({ password: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')));
  return found?.password ?? undefined;
}

/** Changes a password its owner knows. All other sessions end. */
export async function changePassword(
  db: Db,
  request: { userId: string; passwordHash: string; keepSessionId: string },
  now: Date,
  by: Actor,
): Promise<void> {
  const { userId, passwordHash, keepSessionId } = request;
  await transact(db, async (tx) => {
    await writePassword(tx, userId, passwordHash, now);
    await endSessionsOf(tx, userId, keepSessionId);
    const subject = { subjectKind: 'user', subjectId: userId };
    await writeAudit(tx, by, { action: 'account.changePassword', ...subject });
  });
}

/**
 * Mails a link by which the owner of this address sets a new password. Whether there is an account is told to nobody: to ask for one that
 * is not there, or again within a minute, is the same.
 */
export async function askForReset(db: Db, email: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(users.email, email))
      .for('no key update');
    if (!user) return;
    const identifier = resetOf(user.id);
    const recent = new Date(now.getTime() + resetTtlMs - resetPauseMs);
    const ofUser = eq(verifications.identifier, identifier);
    if ((await tx.$count(verifications, and(ofUser, gt(verifications.expiresAt, recent)))) > 0)
      return;
    await tx.delete(verifications).where(ofUser);
    const id = randomBytes(18).toString('base64url');
    const expiresAt = new Date(now.getTime() + resetTtlMs);
    await tx.insert(verifications).values({ id, identifier, value: user.id, expiresAt });
    const mail = { kind: 'password_reset' as const, userId: user.id, nextAttemptAt: now };
    await tx
      .insert(mailOutbox)
      .values({ ...mail, dedupeKey: `password_reset:${id}`, createdAt: now });
  });
}

/** The reset a person asked for last, while it is good: its id is half of the link, the other half is the site's signature. */
export async function findResetOf(db: Db, userId: string, now: Date) {
  const [found] = await db
    .select({ id: verifications.id, name: users.name, email: users.email })
    .from(verifications)
    .innerJoin(users, eq(users.id, verifications.value))
    .where(and(eq(verifications.identifier, resetOf(userId)), gt(verifications.expiresAt, now)));
  return found;
}

export type ResetPasswordResult = { ok: true } | { ok: false; code: 'unknown_reset' };

/** Sets the password that a mail's link asked for, once. Every session of the person ends; second factors stay. */
export async function resetPassword(
  db: Db,
  request: { resetId: string; passwordHash: string },
  client: Pick<Actor, 'address' | 'userAgent'>,
  now: Date,
): Promise<ResetPasswordResult> {
  return transact<ResetPasswordResult>(db, async (tx) => {
    const [reset] = await tx
      .delete(verifications)
      .where(and(eq(verifications.id, request.resetId), gt(verifications.expiresAt, now)))
      .returning();
    if (reset?.identifier !== resetOf(reset?.value ?? '')) {
      return { ok: false, code: 'unknown_reset' };
    }
    const userId = reset.value;
    await writePassword(tx, userId, request.passwordHash, now);
    await endSessionsOf(tx, userId, null);
    await tellOrganizations(tx, userId, client, 'account.resetPassword');
    return { ok: true };
  });
}

/** Whether a reset's link is still good. */
export async function isResetOpen(db: Db, resetId: string, now: Date): Promise<boolean> {
  const open = and(eq(verifications.id, resetId), gt(verifications.expiresAt, now));
  return (await db.$count(verifications, open)) > 0;
}

async function writePassword(tx: Tx, userId: string, password: string, now: Date): Promise<void> {
  await tx
    .update(accounts)
    .set({ password, updatedAt: now })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')));
}

/** Ends a person's sessions, but for one; the walls they have open ask for a ticket again. */
export async function endSessionsOf(
  tx: Tx,
  userId: string,
  keepSessionId: string | null,
): Promise<number> {
  const ended = await tx
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        keepSessionId === null ? undefined : ne(sessions.id, keepSessionId),
      ),
    )
    .returning({ id: sessions.id });
  const own = await tx.select({ id: members.id }).from(members).where(eq(members.userId, userId));
  for (const { id } of own) await notify(tx, { kind: 'member', memberId: id });
  return ended.length;
}

/** What a person did to their own account before they were anybody's member in this request. */
async function tellOrganizations(
  tx: Tx,
  userId: string,
  client: Pick<Actor, 'address' | 'userAgent'>,
  action: string,
): Promise<void> {
  const own = await tx
    .select({ organizationId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId));
  for (const { organizationId } of own) {
    const by: Actor = { organizationId, kind: 'member', id: userId, ...client };
    await writeAudit(tx, by, { action, subjectKind: 'user', subjectId: userId });
  }
}
