import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { passes } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, type AuditEntry, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { atTheConsole, recordPassChange, type PassAct } from './record-change.ts';

export type PassRow = typeof passes.$inferSelect;

export async function lockPass(tx: Tx, passId: bigint): Promise<PassRow | undefined> {
  const [pass] = await tx.select().from(passes).where(eq(passes.id, passId)).for('no key update');
  return pass;
}

/** What the audit log says of something done to a pass. The reason stays in the pass's own history: it may name people. */
export function passAudit(
  action: string,
  { id: subjectId, eventId, status }: PassRow,
  after: Record<string, unknown>,
): AuditEntry {
  return { action, eventId, subjectKind: 'pass', subjectId, before: { status }, after };
}

export type RevokePassResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' }
  /** Its money went back: it admits nobody already. */
  | { ok: false; code: 'refunded' };

/**
 * Takes a pass away: from the next scan on it admits nobody. Gates read a pass when they judge it, so nobody need be told.
 * Its seat stays sold. A pass that was revoked before stays so.
 */
export async function revokePass(
  db: Db,
  passId: bigint,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<RevokePassResult> {
  return transact<RevokePassResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    if (pass.status === 'refunded') return { ok: false, code: 'refunded' };
    if (pass.status === 'revoked') return { ok: true };
    await recordPassChange(tx, passId, 'revoked', act, now);
    await tx.update(passes).set({ status: 'revoked' }).where(eq(passes.id, passId));
    if (by) await writeAudit(tx, by, passAudit('pass.revoke', pass, { status: 'revoked' }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}
