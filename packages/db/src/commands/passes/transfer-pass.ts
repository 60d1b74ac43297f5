import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { confirmations, orderLines, orders, passes, persons } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { at } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { queueMails } from '../mail/queue-mail.ts';
import { insertPersons } from '../persons.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { giveNewCodes } from './new-codes.ts';
import { atTheConsole, recordPassChange, type PassAct } from './record-change.ts';
import { lockPass, passAudit, type PassRow } from './revoke-pass.ts';

export type TransferPassResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' | 'revoked' | 'refunded' | 'too_many_media' }
  /** Another site issued it, and transfers it. */
  | { ok: false; code: 'issued_elsewhere' };

/**
 * Gives a pass to another person: its codes so far are dead at the same instant, the new holder gets the new ones by mail, and who had it is
 * told. What the old holder confirmed counts for nothing.
 */
export async function transferPass(
  db: Db,
  passId: bigint,
  to: { name: string; email: string },
  key: SigningKey,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<TransferPassResult> {
  return transact<TransferPassResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    if (pass.status === 'revoked' || pass.status === 'refunded') {
      return { ok: false, code: pass.status };
    }
    if (Number(pass.id >> 48n) !== (await getLocalSite(tx)).number) {
      return { ok: false, code: 'issued_elsewhere' };
    }
    const qrNo = await giveNewCodes(tx, pass, key, now);
    if (qrNo === null) return { ok: false, code: 'too_many_media' };
    const holderId = at(await insertPersons(tx, pass.eventId, [to]), 0);
    await tx.update(passes).set({ holderId }).where(eq(passes.id, passId));
    await tx
      .update(confirmations)
      .set({
        ...{ askedAt: null, remindedAt: null, reminders: 0 },
        ...{ confirmedAt: null, answers: null, nameCorrectedAt: null },
      })
      .where(eq(confirmations.passId, passId));
    await recordPassChange(tx, passId, 'transferred', act, now);
    const told = await whoHadIt(tx, pass);
    await queueMails(
      tx,
      [
        { kind: 'pass_sent', passId, dedupeKey: `pass_sent:${passId}:${qrNo}` },
        ...told.map((toPersonId) => ({
          ...{ kind: 'pass_transferred' as const, passId, toPersonId },
          dedupeKey: `pass_transferred:${passId}:${qrNo}`,
        })),
      ],
      now,
    );
    if (by) await writeAudit(tx, by, passAudit('pass.transfer', pass, { holder: 'changed', qrNo }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}

/** The holder so far, where there is an address of theirs; else who bought it. */
async function whoHadIt(tx: Tx, pass: PassRow): Promise<bigint[]> {
  const [holder] = await tx
    .select({ email: persons.email })
    .from(persons)
    .where(eq(persons.id, pass.holderId));
  if (holder?.email) return [pass.holderId];
  if (pass.orderLineId === null) return [];
  const [order] = await tx
    .select({ buyerId: orders.buyerId })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(eq(orderLines.id, pass.orderLineId));
  return order ? [order.buyerId] : [];
}
