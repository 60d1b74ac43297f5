import type { Db } from '../../client.ts';
import { record } from '../../sync/record-facts.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { giveNewCodes } from './new-codes.ts';
import { atTheConsole, recordPassChange, type PassAct } from './record-change.ts';
import { lockPass, passAudit } from './revoke-pass.ts';

export type ReissuePassResult =
  | { ok: true; qrNo: number; barcodeNo: number }
  | { ok: false; code: 'unknown_pass' | 'revoked' | 'refunded' }
  /** Its 255 media numbers are used up. */
  | { ok: false; code: 'too_many_media' };

/** Gives a pass a new QR code and a new barcode number. The old ones are dead at the same instant. */
export async function reissuePass(
  db: Db,
  passId: bigint,
  key: SigningKey,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<ReissuePassResult> {
  return transact<ReissuePassResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    if (pass.status === 'revoked' || pass.status === 'refunded') {
      return { ok: false, code: pass.status };
    }
    const qrNo = await giveNewCodes(tx, pass, key, now);
    if (qrNo === null) return { ok: false, code: 'too_many_media' };
    await recordPassChange(tx, passId, 'reissued', act, now);
    const barcodeNo = qrNo + 1;
    if (by) await writeAudit(tx, by, passAudit('pass.reissue', pass, { qrNo, barcodeNo }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true, qrNo, barcodeNo };
  });
}
