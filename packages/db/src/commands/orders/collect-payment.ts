import { inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { orders } from '../../schema/index.ts';
import { batched, type Busy } from '../batched.ts';
import { at } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { lockOrders, type HoldRow, type OrderRow } from '../locks.ts';
import { transact } from '../transact.ts';
import { sellHeld, type Sale } from './sell-held.ts';

export interface CollectRequest {
  orderPublicId: string;
  /** Who pays: the order's own cart by its hold's public id, or whoever has its link. */
  payer: { holdPublicId: string | null; hasLink: boolean };
  /** A provider that collects at once, and its own id of this attempt. An order of nothing is recorded as `free`. */
  provider: 'test' | 'free';
  providerRef: string;
}

export type CollectResult =
  | { ok: true; passes: number }
  /** No such order, or nobody's business. */
  | { ok: false; code: 'unknown_order' }
  | { ok: false; code: 'already_paid' | 'order_closed' | 'hold_expired' }
  /** `free` for an order that costs something. */
  | { ok: false; code: 'wrong_provider' };

export interface CollectJob {
  request: CollectRequest;
  key: SigningKey;
  now: Date;
}

/** Opens a payment and settles it, where the provider collects at once: nobody else will tell of it. */
export function collectPayment(
  db: Db,
  request: CollectRequest,
  key: SigningKey,
  now: Date,
): Promise<CollectResult | Busy> {
  return collectInBatch(db, { request, key, now });
}

const collectInBatch = batched(collectPayments);

/** Many payments in one transaction. */
export async function collectPayments(
  db: Db,
  jobs: readonly CollectJob[],
): Promise<CollectResult[]> {
  return transact(db, (tx) => collectAll(tx, jobs));
}

async function collectAll(tx: Tx, jobs: readonly CollectJob[]): Promise<CollectResult[]> {
  const found = await tx
    .select({ id: orders.id, holdId: orders.holdId, publicId: orders.publicId })
    .from(orders)
    .where(inArray(orders.publicId, [...new Set(jobs.map((job) => job.request.orderPublicId))]));
  if (found.length === 0) return jobs.map(() => ({ ok: false, code: 'unknown_order' }));
  const locked = await lockOrders(tx, found);
  const idOf = new Map(found.map(({ id, publicId }) => [publicId, id]));
  const decisions = jobs.map((job) => {
    const decision = decide(job, locked.get(idOf.get(job.request.orderPublicId) ?? 0n));
    // Asked for twice in one batch: the second finds the order paid.
    if (!('code' in decision)) decision.order.state = 'paid';
    return decision;
  });
  const sales = decisions.flatMap((decision) => ('code' in decision ? [] : [decision]));
  const passes = sales.length > 0 ? await sellHeld(tx, sales) : [];
  let next = 0;
  return decisions.map((decision) =>
    'code' in decision ? decision : { ok: true, passes: at(passes, next++) },
  );
}

function decide(
  { request, key, now }: CollectJob,
  locked: { order: OrderRow; hold: HoldRow | undefined } | undefined,
): Sale | Extract<CollectResult, { ok: false }> {
  const { order, hold } = locked ?? {};
  const isTheirs = hold?.publicId === request.payer.holdPublicId || request.payer.hasLink;
  if (!order || !isTheirs) return { ok: false, code: 'unknown_order' };
  if (order.state === 'paid') return { ok: false, code: 'already_paid' };
  if (hold?.state !== 'active' || hold.expiresAt <= now) return { ok: false, code: 'hold_expired' };
  if (order.state !== 'pending') return { ok: false, code: 'order_closed' };
  if (request.provider === 'free' && order.totalMinor > 0)
    return { ok: false, code: 'wrong_provider' };
  const provider = order.totalMinor === 0 ? 'free' : request.provider;
  const payment = { provider, providerRef: request.providerRef };
  return { order, hold, payment, cardKey: null, webhookEventRef: undefined, key, now };
}
