import {
  collectPayment,
  findStoreOrder,
  openPayment,
  type Busy,
  type CollectResult,
  type OpenPaymentResult,
  type StoreOrder,
} from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { inLanguage } from '../in-language.ts';
import { publicIdInput } from '../public-id.ts';
import { publicProcedure } from '../trpc.ts';
import { getSigningKey } from '../tickets/ticket-link.ts';
import type { InstantProvider, PayableOrder, ProviderName } from './payment-provider.ts';

const startInput = z.object({
  orderPublicId: publicIdInput,
  provider: z.enum(['test', 'stripe']),
  key: z.string().max(100).optional(),
});

type StartInput = z.infer<typeof startInput>;

/**
 * Asks a provider to collect the money of an order, and answers where to send the buyer. The order is the one of the
 * buyer's cart, or its `key` opens it. An order of nothing is paid at once, whatever provider is named.
 */
export const startPayment = publicProcedure.input(startInput).mutation(async ({ ctx, input }) => {
  const provider = ctx.payments.offered.includes(input.provider)
    ? ctx.payments.find(input.provider)
    : undefined;
  if (input.provider === 'test' && provider?.kind === 'instant') {
    await collectNow(ctx, input, 'test', provider);
    return { redirectTo: ctx.links.order(input.orderPublicId) };
  }
  return startLater(ctx, input);
});

/** For providers that are asked first, and for orders of which nothing shows yet that they cost nothing. */
async function startLater(ctx: ApiContext, input: StartInput): Promise<{ redirectTo: string }> {
  const found = await findStoreOrder(ctx.db, input.orderPublicId);
  if (!found || !mayPay(ctx, found, input.key)) refuse('not_found');
  const { order, hold } = found;
  if (order.state === 'paid') refuse('already_paid');
  if (order.state !== 'pending' || hold?.state !== 'active') refuse('hold_ended');
  if (hold.expiresAt <= ctx.now) refuse('hold_ended');
  const free = ctx.payments.find('free');
  if (order.totalMinor === 0 && free?.kind === 'instant') {
    await collectNow(ctx, input, 'free', free);
    return { redirectTo: ctx.links.order(order.publicId) };
  }
  const { provider: name, orderPublicId } = input;
  const { providerRef, redirectTo } = await startAt(ctx, name, payableOf(ctx, found));
  const payment = { orderPublicId, provider: name, providerRef };
  const opened = await openPayment(ctx.db, payment, ctx.now);
  if (!opened.ok) refuse(refusalOf(opened));
  return { redirectTo };
}

async function collectNow(
  ctx: ApiContext,
  { orderPublicId, key }: StartInput,
  provider: 'test' | 'free',
  { newRef }: InstantProvider,
): Promise<void> {
  const hasLink = key !== undefined && ctx.links.isOrderKey(orderPublicId, key);
  const payer = { holdPublicId: ctx.cart.holdPublicId, hasLink };
  const result = await collectPayment(
    ctx.db,
    { orderPublicId, payer, provider, providerRef: newRef() },
    await getSigningKey(ctx.db, ctx.masterKey),
    ctx.now,
  );
  if (!result.ok) refuse(refusalOf(result));
}

function mayPay(ctx: ApiContext, found: StoreOrder, key: string | undefined): boolean {
  if (found.hold && ctx.cart.holdPublicId === found.hold.publicId) return true;
  return key !== undefined && ctx.links.isOrderKey(found.order.publicId, key);
}

async function startAt(ctx: ApiContext, name: ProviderName, order: PayableOrder) {
  const provider = ctx.payments.offered.some((offered) => offered === name)
    ? ctx.payments.find(name)
    : undefined;
  if (provider?.kind !== 'hosted') refuse('provider_not_offered');
  try {
    return await provider.start(order);
  } catch (error) {
    // The provider's words may hold what we sent it, an e-mail too: its kind is enough.
    const kind = error instanceof Error ? error.name : typeof error;
    ctx.log.warn({ provider: name, kind }, 'payment provider did not answer');
    return refuse('provider_away');
  }
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

type Unpaid = Extract<OpenPaymentResult | CollectResult, { ok: false }> | Busy;

function refusalOf({ code }: Unpaid) {
  switch (code) {
    case 'unknown_order':
      return 'not_found';
    case 'already_paid':
      return 'already_paid';
    case 'order_closed':
    case 'hold_expired':
      return 'hold_ended';
    case 'busy':
      return 'busy';
    case 'wrong_provider':
    case 'ref_in_use':
      throw new Error(`a payment could not be recorded: ${code}`);
  }
}
