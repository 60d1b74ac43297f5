import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';
import type { Draft } from './draft.svelte.ts';
import { holdersOf, type HolderSlot } from './holder-slots.ts';

export type Provider = RouterOutputs['payment']['providers'][number];

/** Why no payment was begun, and what to do about it, in the buyer's words. */
export interface PayProblem {
  title: string;
  text: string;
}

export type PayResult = { ok: true; redirectTo: string } | { ok: false; problem: PayProblem };

/** Makes the hold an order and asks for its payment. Asking again changes the same order. */
export async function pay(
  draft: Draft,
  slots: readonly HolderSlot[],
  provider: Provider,
): Promise<PayResult> {
  const api = trpc();
  try {
    const { orderPublicId } = await api.order.begin.mutate({
      buyer: { name: draft.name.trim(), email: draft.email.trim() },
      holders: holdersOf(slots, (slot) => draft.nameOf(slot)),
      locale: draft.locale,
    });
    const { redirectTo } = await api.payment.start.mutate({ orderPublicId, provider });
    return { ok: true, redirectTo };
  } catch (error) {
    return { ok: false, problem: explain(error) };
  }
}

function explain(error: unknown): PayProblem {
  const answer = apiError(error);
  if (answer?.fields) return { title: m.store_data_refused(), text: m.store_data_refused_hint() };
  switch (answer?.refusal) {
    case 'hold_ended':
      return { title: m.store_hold_ended(), text: m.store_hold_ended_hint() };
    case 'already_paid':
      return { title: m.store_already_paid(), text: m.store_already_paid_hint() };
    case 'code_used_up':
      return {
        title: m.store_code_used_up({ left: Number(answer.detail?.['left']) }),
        text: m.store_code_gone_hint(),
      };
    case 'over_limit': {
      const have = Number(answer.detail?.['have']);
      return {
        title: m.store_over_buyer({ max: Number(answer.detail?.['max']) }),
        text: have > 0 ? m.store_over_buyer_hint({ have }) : m.store_over_buyer_alone_hint(),
      };
    }
    case 'site_stopped':
      return { title: m.store_site_stopped(), text: m.store_site_stopped_hint() };
    case 'busy':
      return { title: m.store_busy(), text: m.store_busy_hint() };
    case undefined:
    case null:
      return { title: m.store_failed(), text: m.store_failed_hint() };
    default:
      return { title: m.store_pay_failed(), text: m.store_pay_failed_hint() };
  }
}
