import { findStoreOrder, type StoreOrder } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { publicIdInput } from '../public-id.ts';

/** Characters of a key that is worth comparing. */
const keyLengthMax = 100;

/** The two parts of an order's signed link. */
export const orderLinkInput = z.object({
  publicId: publicIdInput,
  key: z.string().max(keyLengthMax),
});

export type OrderLink = z.infer<typeof orderLinkInput>;

/** The order that a signed link opens. `not_found`: no such order, or a wrong key; which of the two is nobody's business. */
export async function orderByLink(
  ctx: Pick<ApiContext, 'db' | 'links'>,
  { publicId, key }: OrderLink,
): Promise<StoreOrder> {
  if (!ctx.links.isOrderKey(publicId, key)) refuse('not_found');
  const found = await findStoreOrder(ctx.db, publicId);
  return found ?? refuse('not_found');
}
