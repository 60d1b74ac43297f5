import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

export type Ticket = RouterOutputs['ticket']['get'];

/** Why a ticket opens no gate, or undefined when it does. */
export function whyClosed(state: Ticket['state']): { title: string; text: string } | undefined {
  switch (state) {
    case 'valid':
      return undefined;
    case 'revoked':
      return { title: m.ticket_revoked(), text: m.ticket_revoked_text() };
    case 'refunded':
      return { title: m.ticket_refunded(), text: m.ticket_refunded_text() };
    case 'replaced':
      return { title: m.ticket_replaced(), text: m.ticket_replaced_text() };
    case 'blocked':
      return { title: m.ticket_blocked(), text: m.ticket_blocked_text() };
    case 'unpaid':
      return { title: m.ticket_unpaid(), text: m.ticket_unpaid_text() };
  }
}

export function policyText(policy: Ticket['policy']): string {
  switch (policy.kind) {
    case 'once':
      return m.ticket_policy_once();
    case 'once_per_day':
      return m.ticket_policy_once_per_day();
    case 'reentry':
      return m.ticket_policy_reentry();
    case 'n_times':
      return m.ticket_policy_n_times({ count: policy.n });
    case 'unlimited':
      return m.ticket_policy_unlimited();
  }
}
