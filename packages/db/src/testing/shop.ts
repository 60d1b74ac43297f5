import type { Db } from '../client.ts';
import {
  beginCheckout,
  ensureSigningKey,
  loadSigningKey,
  openPayment,
  placeHold,
  type HoldRequest,
  type HoldResult,
  type PendingOrder,
  type PlacedHold,
  type SigningKey,
} from '../commands/index.ts';

/** Seals the signing keys of test databases. */
export const testMasterKey = new Uint8Array(32).fill(7);

export async function testSigningKey(db: Db, now: Date): Promise<SigningKey> {
  await ensureSigningKey(db, testMasterKey, now);
  const loaded = await loadSigningKey(db, testMasterKey);
  if (!loaded.ok) throw new Error(loaded.code);
  return loaded.key;
}

/** The hold, where a test means it to be placed. */
export function placed(result: HoldResult): PlacedHold {
  if (!result.ok) throw new Error(`the hold was refused: ${result.code}`);
  return result.hold;
}

/** An order that waits for its payment: the hold, who buys it, and a payment opened with the test provider. */
export async function pendingOrder(
  db: Db,
  request: HoldRequest,
  providerRef: string,
  now: Date,
): Promise<PendingOrder> {
  const hold = placed(await placeHold(db, request, now));
  const begun = await beginCheckout(
    db,
    {
      holdPublicId: hold.publicId,
      buyer: { name: 'Bia Buyer', email: 'bia@example.com' },
      holders: [],
      locale: 'en',
    },
    now,
  );
  if (!begun.ok) throw new Error(`the checkout was refused: ${begun.code}`);
  const orderPublicId = begun.order.publicId;
  const opened = await openPayment(db, { orderPublicId, provider: 'test', providerRef }, now);
  if (!opened.ok) throw new Error(`the payment was refused: ${opened.code}`);
  return begun.order;
}
