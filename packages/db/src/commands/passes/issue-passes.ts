import { assert, nextMediumNo } from '@catraca/domain';
import type { Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertion, sendAll } from '../../rows.ts';
import { media, passes } from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { insertBarcodes, qrRow } from './insert-media.ts';
import { signMedium } from './sign-medium.ts';
import { readSignedTypes } from './signed-types.ts';

/** The QR code a pass begins with; the barcode is the next number. */
const firstQrNo = 1;

export interface PassRequest {
  /** Where it is not the next of this site's ids: a credential that another site may grant as well. */
  id?: bigint;
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
  const idOf = ({ id }: PassRequest, index: number) => id ?? at(ids, index);
  // Both sites may print the same credential, and neither takes the other's numbers.
  const ownFirstNo = requests.some(({ id }) => id !== undefined)
    ? nextMediumNo(0, (await getLocalSite(tx)).kind)
    : firstQrNo;
  const qrNoOf = ({ id }: PassRequest) =>
    id === undefined ? firstQrNo : (ownFirstNo ?? firstQrNo);
  const rows = requests.map(({ issuedAt = now, ...request }, index) => {
    const { eventId, kind } = typeOf(request);
    return { ...request, id: idOf(request, index), eventId, kind, createdAt: issuedAt };
  });
  const qrs = requests.map((request, index) =>
    signMedium(
      key,
      typeOf(request),
      idOf(request, index),
      qrNoOf(request),
      request.issuedAt ?? now,
    ),
  );
  await sendAll(tx, [insertion(passes, rows), insertion(media, qrs.map(qrRow))]);
  await insertBarcodes(
    tx,
    requests.map((request, index) => ({
      passId: idOf(request, index),
      no: qrNoOf(request) + 1,
      at: request.issuedAt ?? now,
    })),
  );
  return requests.map(idOf);
}
