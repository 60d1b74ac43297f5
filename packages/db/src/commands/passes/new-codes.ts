import { assert, nextMediumNo } from '@catraca/domain';
import { and, eq, max } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { media } from '../../schema/index.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { insertBarcodes, insertQrMedia } from './insert-media.ts';
import { signMedium } from './sign-medium.ts';
import { readSignedTypes } from './signed-types.ts';

/**
 * Gives a locked pass a QR code and a barcode number for its type; those before are dead at the same instant.
 * @returns the QR code's number, or null when the 255 numbers of its media are used up.
 */
export async function giveNewCodes(
  tx: Tx,
  pass: { id: bigint; typeId: bigint },
  key: SigningKey,
  now: Date,
): Promise<number | null> {
  const [last] = await tx
    .select({ no: max(media.no) })
    .from(media)
    .where(eq(media.passId, pass.id));
  const qrNo = nextMediumNo(last?.no ?? 0, (await getLocalSite(tx)).kind);
  if (qrNo === null) return null;
  await tx
    .update(media)
    .set({ state: 'dead', diedAt: now })
    .where(and(eq(media.passId, pass.id), eq(media.state, 'active')));
  const type = (await readSignedTypes(tx, [pass.typeId])).get(pass.typeId);
  assert(type, 'a pass has a type');
  await insertQrMedia(tx, [signMedium(key, type, pass.id, qrNo, now)]);
  await insertBarcodes(tx, [{ passId: pass.id, no: qrNo + 1, at: now }]);
  return qrNo;
}
