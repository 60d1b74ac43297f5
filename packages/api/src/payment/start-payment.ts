import {
  findStoreOrder,
  loadSigningKey,
  openPayment,
  settlePayment,
  type OpenPaymentResult,
  type StoreOrder,
} from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { inLanguage } from '../in-language.ts';
import { publicIdInput } from '../public-id.ts';
import { publicProcedure } from '../trpc.ts';
import type { PayableOrder, PaymentProvider, ProviderName } from './payment-provider.ts';

/**
 * Asks a provider to collect the money of an order, and answers where to send the buyer. The order is the one of the
 * buyer's cart, or its `key` opens it. An order of nothing is paid at once, whatever provider is named.
 */
export const startPayment = publicProcedure
  .input(
    z.object({
      orderPublicId: publicIdInput,
      provider: z.enum(['test', 'stripe']),
      key: z.string().max(100).optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const found = await findStoreOrder(ctx.db, input.orderPublicId);
    if (!found || !mayPay(ctx, found, input.key)) refuse('not_found');
    const { order, hold } = found;
    if (order.state === 'paid') refuse('already_paid');
    if (order.state !== 'pending' || hold?.state !== 'active') refuse('hold_ended');
    if (hold.expiresAt <= ctx.now) refuse('hold_ended');
    const name: ProviderName = order.totalMinor === 0 ? 'free' : input.provider;
    const started = await startAt(ctx, name, payableOf(ctx, found));
    const payment = { provider: name, providerRef: started.providerRef };
    const opened = await openPayment(
      ctx.db,
      { ...payment, orderPublicId: order.publicId },
      ctx.now,
    );
    if (!opened.ok) refuse(refusalOf(opened));
    if (started.isCollected) await settleNow(ctx, { ...payment, ...opened.payment });
    return { redirectTo: started.redirectTo };
  });

function mayPay(ctx: ApiContext, found: StoreOrder, key: string | undefined): boolean {
  if (found.hold && ctx.cart.holdPublicId === found.hold.publicId) return true;
  return key !== undefined && ctx.links.isOrderKey(found.order.publicId, key);
}

async function startAt(ctx: ApiContext, name: ProviderName, order: PayableOrder) {
  const provider = findProvider(ctx, name);
  try {
    return await provider.start(order);
  } catch (error) {
    // The provider's words may hold what we sent it, an e-mail too: its kind is enough.
    const kind = error instanceof Error ? error.name : typeof error;
    ctx.log.warn({ provider: name, kind }, 'payment provider did not answer');
    return refuse('provider_away');
  }
}

function findProvider({ payments }: ApiContext, name: ProviderName): PaymentProvider {
  const isOffered = name === 'free' || payments.offered.includes(name);
  const provider = payments.find(name);
  if (!isOffered || !provider) refuse('provider_not_offered');
  return provider;
}

function payableOf(
  { links }: ApiContext,
  { order, event, buyer, lines }: StoreOrder,
): PayableOrder {
  const { publicId, reference, totalMinor: amountMinor, currency, locale } = order;
  return {
    ...{ publicId, reference, amountMinor, currency, locale },
    eventName: event.name,
    buyerEmail: buyer.email,
    lines: positionsOf(lines, locale),
    paidUrl: links.order(publicId),
    cancelledUrl: links.checkout(),
  };
}

/** Lines of the same words and price are one position of what the buyer pays. */
function positionsOf(lines: StoreOrder['lines'], locale: PayableOrder['locale']) {
  const positions = new Map<string, PayableOrder['lines'][number]>();
  for (const line of lines) {
    const name = inLanguage(line.typeName, locale);
    const unitMinor = line.priceMinor + line.feeMinor;
    const key = `${unitMinor} ${name}`;
    const quantity = (positions.get(key)?.quantity ?? 0) + 1;
    positions.set(key, { name, quantity, unitMinor });
  }
  return [...positions.values()];
}

function refusalOf(opened: Extract<OpenPaymentResult, { ok: false }>) {
  switch (opened.code) {
    case 'unknown_order':
      return 'not_found';
    case 'already_paid':
      return 'already_paid';
    case 'order_closed':
    case 'hold_expired':
      return 'hold_ended';
    case 'wrong_provider':
    case 'ref_in_use':
      throw new Error(`a payment could not be recorded: ${opened.code}`);
  }
}

async function settleNow(
  ctx: ApiContext,
  payment: { provider: ProviderName; providerRef: string; amountMinor: number; currency: string },
): Promise<void> {
  const loaded = await loadSigningKey(ctx.db, ctx.masterKey);
  if (!loaded.ok) throw new Error(`the signing key cannot be used: ${loaded.code}`);
  const result = await settlePayment(ctx.db, payment, loaded.key, ctx.now);
  ctx.log.info({ outcome: result.ok ? result.outcome : result.code }, 'payment settled');
}
