import { formatDays, formatPrice } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Order } from './order-watch.svelte.ts';

/** How the order stands, in a headline and a sentence. */
export function headline(order: Order): { title: string; text: string } {
  switch (order.state) {
    case 'paid':
      return {
        title: m.order_paid_heading(),
        text: order.mailedTo ? m.order_paid_text({ email: order.mailedTo }) : '',
      };
    case 'pending':
      return { title: m.order_pending_heading(), text: m.order_pending_text() };
    case 'refunded':
      return {
        title: m.order_refunded_heading(),
        text: whyRefunded(order.closedReason),
      };
    case 'cancelled':
      return { title: m.order_cancelled_heading(), text: m.order_cancelled_text() };
  }
}

/** `14–16 May 2027`: from the first day these tickets open to the last; empty while there are none. */
export function daysOf(tickets: Order['tickets'], timeZone: string): string {
  const starts = tickets
    .flatMap(({ days }) => days.map(({ startsAt }) => startsAt))
    .toSorted((a, b) => a.getTime() - b.getTime());
  const [first, last] = [starts[0], starts.at(-1)];
  return first && last ? formatDays(first, last, timeZone) : '';
}

function whyRefunded(reason: Order['closedReason']): string {
  switch (reason) {
    case 'hold_expired':
      return m.order_refunded_hold_expired();
    case 'over_limit':
      return m.order_refunded_over_limit();
    default:
      return m.order_refunded_text();
  }
}

/** What became of money that goes back: why, when the headline does not say it, and how far it is. */
export function refundWords(refund: Order['refunds'][number], currency: string): string[] {
  const amount = formatPrice(refund.amountMinor, currency);
  const state =
    refund.state === 'succeeded'
      ? m.order_refund_succeeded({ amount })
      : m.order_refund_requested({ amount });
  switch (refund.reason) {
    case 'paid_twice':
      return [m.order_paid_twice(), state];
    case 'wrong_amount':
      return [m.order_wrong_amount(), state];
    default:
      return [state];
  }
}
