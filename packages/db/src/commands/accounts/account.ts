import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { passkeys, sessions, twoFactors, users } from '../../schema/index.ts';
import { type Actor, type AuditEntry, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { endSessionsOf } from './password.ts';

const ofUser = (userId: string) => ({ subjectKind: 'user', subjectId: userId });

/** How a person signs in, and where they are signed in. A passkey's public key and a session's token are not among it. */
export async function readAccount(db: Db, userId: string, now: Date) {
  const [totp] = await db
    .select({ verified: twoFactors.verified })
    .from(twoFactors)
    .where(and(eq(twoFactors.userId, userId), eq(twoFactors.verified, true)));
  const keys = await db
    .select({
      id: passkeys.id,
      name: passkeys.name,
      backedUp: passkeys.backedUp,
      createdAt: passkeys.createdAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
  const open = await db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      address: sessions.ipAddress,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt), asc(sessions.id));
  return { hasTotp: totp !== undefined, passkeys: keys, sessions: open };
}

export async function renameUser(db: Db, userId: string, name: string, by: Actor): Promise<void> {
  await transact(db, async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, userId));
    await writeAudit(tx, by, { action: 'account.rename', ...ofUser(userId) });
  });
}

/** Ends one session of a person. False when it is none of theirs. */
export async function endSession(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
  by: Actor,
): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
      .returning({ id: sessions.id });
    if (ended.length === 0) return false;
    await writeAudit(tx, by, { action: 'session.end', ...ofUser(userId) });
    return true;
  });
}

/** Signs a person out everywhere. */
export async function endAllSessions(db: Db, userId: string, by: Actor): Promise<void> {
  await transact(db, async (tx) => {
    const sessionsEnded = await endSessionsOf(tx, userId, null);
    const after = { sessionsEnded };
    await writeAudit(tx, by, { action: 'session.endAll', ...ofUser(userId), after });
  });
}

export type RemoveFactorResult =
  | { ok: true }
  | { ok: false; code: 'unknown_factor' }
  /** The role asks for one, and it is the last. */
  | { ok: false; code: 'factor_needed' };

/** Takes a factor of one's own away: the authenticator app with its recovery codes (null), or a passkey. */
export async function removeFactor(
  db: Db,
  request: { userId: string; passkeyId: string | null; asksFactor: boolean },
  by: Actor,
): Promise<RemoveFactorResult> {
  const { userId, passkeyId, asksFactor } = request;
  return transact<RemoveFactorResult>(db, async (tx, refuse) => {
    // One change of a person's factors at a time.
    await tx.select().from(users).where(eq(users.id, userId)).for('no key update');
    const removed =
      passkeyId === null
        ? await tx.delete(twoFactors).where(eq(twoFactors.userId, userId)).returning()
        : await tx
            .delete(passkeys)
            .where(and(eq(passkeys.id, passkeyId), eq(passkeys.userId, userId)))
            .returning();
    if (removed.length === 0) return { ok: false, code: 'unknown_factor' };
    if (passkeyId === null) {
      await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId));
    }
    const left =
      (await tx.$count(passkeys, eq(passkeys.userId, userId))) +
      (await tx.$count(twoFactors, and(eq(twoFactors.userId, userId), twoFactors.verified)));
    if (left === 0 && asksFactor) return refuse({ ok: false, code: 'factor_needed' });
    const after = { factor: passkeyId === null ? 'totp' : 'passkey' };
    await writeAudit(tx, by, { action: 'account.removeFactor', ...ofUser(userId), after });
    return { ok: true };
  });
}

/** From now on this session was begun with a second factor: one that its owner has just set up. */
export async function strengthenSession(db: Db, sessionId: string): Promise<void> {
  await db.update(sessions).set({ strong: true }).where(eq(sessions.id, sessionId));
}

/** Writes down what better-auth did: it has its own statements, so this is one of its own as well, before the answer. */
export async function noteAct(db: Db, by: Actor, entry: AuditEntry): Promise<void> {
  await transact(db, (tx) => writeAudit(tx, by, entry));
}
