import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { mailOutbox } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { lockPass, passAudit } from '../passes/revoke-pass.ts';
import { transact } from '../transact.ts';
import { queueMails } from './queue-mail.ts';

export type ResendPassResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' | 'not_valid' }
  /** The mail is still on its way; a second one would only confuse. */
  | { ok: false; code: 'already_queued' };

/** Queues the mail with a pass and its PDF once more. */
export async function resendPass(
  db: Db,
  passId: bigint,
  now: Date,
  by: Actor | null = null,
): Promise<ResendPassResult> {
  return transact<ResendPassResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    if (pass.status !== 'valid') return { ok: false, code: 'not_valid' };
    const ofKind = and(eq(mailOutbox.passId, passId), eq(mailOutbox.kind, 'pass_sent'));
    const queued = await tx.$count(mailOutbox, and(ofKind, eq(mailOutbox.state, 'queued')));
    if (queued > 0) return { ok: false, code: 'already_queued' };
    // The pass is locked, so two people cannot both write the next one.
    const earlier = await tx.$count(mailOutbox, ofKind);
    const dedupeKey = `pass_sent:${passId}:again:${earlier + 1}`;
    await queueMails(tx, [{ kind: 'pass_sent', passId, dedupeKey }], now);
    if (by) await writeAudit(tx, by, passAudit('pass.resend', pass, {}));
    return { ok: true };
  });
}
