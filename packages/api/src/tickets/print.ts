import { findTickets } from '@catraca/db';
import type { Locale } from '@catraca/documents';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { orderByLink, type OrderLink } from '../order/order-by-link.ts';
import { ticketByLink } from '../ticket/ticket-by-link.ts';
import { printTickets } from './document-ticket.ts';

type Context = Pick<ApiContext, 'db' | 'links' | 'now'>;

/** The valid tickets of an order as PDF, in the order's language. @throws Refusal `not_found` when there are none to print. */
export async function printOrder(ctx: Context, link: OrderLink): Promise<Uint8Array> {
  const { order, passes } = await orderByLink(ctx, link);
  const rows = await findTickets(
    ctx.db,
    passes.map(({ id }) => id),
  );
  const [first, ...others] = rows.filter(({ status }) => status === 'valid');
  if (!first) refuse('not_found');
  const { locale, reference, paidAt } = order;
  return printTickets([first, ...others], { locale, reference, issuedAt: paidAt ?? ctx.now });
}

/** One ticket as PDF. @throws Refusal `not_found` when it admits nobody. */
export async function printTicket(
  ctx: Context,
  link: { jwt: string },
  locale: Locale,
): Promise<Uint8Array> {
  const { row, isReplaced } = await ticketByLink(ctx, link);
  if (isReplaced || row.status !== 'valid') refuse('not_found');
  return printTickets([row], { locale, reference: null, issuedAt: ctx.now });
}
