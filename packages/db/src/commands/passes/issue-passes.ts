import { assert } from '@catraca/domain';
import type { Tx } from '../../client.ts';
import { insertion, sendAll } from '../../rows.ts';
import { media, passes } from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { insertBarcodes, qrRow } from './insert-media.ts';
import { signMedium } from './sign-medium.ts';
import { readSignedTypes } from './signed-types.ts';

/** The media a pass begins with. */
export const firstQrNo = 1;
export const firstBarcodeNo = 2;

export interface PassRequest {
  typeId: bigint;
  /** A person who holds no other pass, so that renaming one renames no other. */
  holderId: bigint;
  /** Null for a credential. */
  orderLineId: bigint | null;
  seatId: bigint | null;
  /** When it was issued, if that is not now. */
  issuedAt?: Date;
}

/**
 * Writes passes of one event with a signed QR code and a barcode number each.
 * Not a command of its own: whoever calls it has paid for them in the same transaction.
 * @returns the passes' ids, in the order asked for.
 */
export async function issuePasses(
  tx: Tx,
  key: SigningKey,
  requests: readonly PassRequest[],
  now: Date,
): Promise<bigint[]> {
  if (requests.length === 0) return [];
  const [types, ids] = await Promise.all([
    readSignedTypes(tx, [...new Set(requests.map((request) => request.typeId))]),
    takeIds(tx, requests.length),
  ]);
  const typeOf = ({ typeId }: PassRequest) => {
    const type = types.get(typeId);
    assert(type, 'a pass has a type');
    return type;
  };
  const rows = requests.map(({ issuedAt = now, ...request }, index) => {
    const { eventId, kind } = typeOf(request);
    return { ...request, id: at(ids, index), eventId, kind, createdAt: issuedAt };
  });
  const qrs = requests.map((request, index) =>
    signMedium(key, typeOf(request), at(ids, index), firstQrNo, request.issuedAt ?? now),
  );
  await sendAll(tx, [insertion(passes, rows), insertion(media, qrs.map(qrRow))]);
  await insertBarcodes(
    tx,
    ids.map((passId, index) => ({
      passId,
      no: firstBarcodeNo,
      at: at(requests, index).issuedAt ?? now,
    })),
  );
  return ids;
}
