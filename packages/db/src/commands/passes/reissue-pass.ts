import { assert, nextMediumNo } from '@catraca/domain';
import { and, eq, max } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { media } from '../../schema/index.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { insertBarcodes, insertQrMedia } from './insert-media.ts';
import { atTheConsole, recordPassChange, type PassAct } from './record-change.ts';
import { lockPass, passAudit } from './revoke-pass.ts';
import { signMedium } from './sign-medium.ts';
import { readSignedTypes } from './signed-types.ts';

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
    const [last] = await tx
      .select({ no: max(media.no) })
      .from(media)
      .where(eq(media.passId, passId));
    const qrNo = nextMediumNo(last?.no ?? 0, (await getLocalSite(tx)).kind);
    if (qrNo === null) return { ok: false, code: 'too_many_media' };
    const barcodeNo = qrNo + 1;
    await recordPassChange(tx, passId, 'reissued', act, now);
    await tx
      .update(media)
      .set({ state: 'dead', diedAt: now })
      .where(and(eq(media.passId, passId), eq(media.state, 'active')));
    const type = (await readSignedTypes(tx, [pass.typeId])).get(pass.typeId);
    assert(type, 'a pass has a type');
    await insertQrMedia(tx, [signMedium(key, type, passId, qrNo, now)]);
    await insertBarcodes(tx, [{ passId, no: barcodeNo, at: now }]);
    if (by) await writeAudit(tx, by, passAudit('pass.reissue', pass, { qrNo, barcodeNo }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true, qrNo, barcodeNo };
  });
}
