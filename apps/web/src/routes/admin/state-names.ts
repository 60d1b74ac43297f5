import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

type EventStatus = RouterOutputs['event']['own'][number]['status'];
type OrderState = RouterOutputs['order']['find']['state'];
type PassStatus = RouterOutputs['pass']['find']['status'];
type Payment = RouterOutputs['order']['find']['payments'][number];
type Refund = Payment['refunds'][number];
type Mail = RouterOutputs['order']['find']['mails'][number];

/** How a state is shown. `quiet`: nothing to do, nothing to worry about. */
export type Tone = 'good' | 'quiet' | 'notice' | 'danger';
export interface StateName {
  name: string;
  tone: Tone;
}

export const eventStatuses: Record<EventStatus, [() => string, Tone]> = {
  draft: [m.admin_event_draft, 'notice'],
  published: [m.admin_event_published, 'good'],
  closed: [m.admin_event_closed, 'quiet'],
  archived: [m.admin_event_archived, 'quiet'],
};
const orderStates: Record<OrderState, [() => string, Tone]> = {
  pending: [m.admin_order_pending, 'notice'],
  paid: [m.admin_order_paid, 'good'],
  refunded: [m.admin_order_refunded, 'quiet'],
  cancelled: [m.admin_order_cancelled, 'quiet'],
};
export const passStatuses: Record<PassStatus, [() => string, Tone]> = {
  valid: [m.admin_pass_valid, 'good'],
  revoked: [m.admin_pass_revoked, 'danger'],
  refunded: [m.admin_pass_refunded, 'quiet'],
  unpaid: [m.admin_pass_unpaid, 'notice'],
  blocked: [m.admin_pass_blocked, 'danger'],
};
const paymentStates: Record<Payment['state'], [() => string, Tone]> = {
  pending: [m.admin_payment_pending, 'notice'],
  succeeded: [m.admin_payment_succeeded, 'good'],
  failed: [m.admin_payment_failed, 'quiet'],
  refused: [m.admin_payment_refused, 'danger'],
};
const refundStates: Record<Refund['state'], [() => string, Tone]> = {
  requested: [m.admin_refund_requested, 'notice'],
  succeeded: [m.admin_refund_succeeded, 'good'],
};
const mailStates: Record<Mail['state'], [() => string, Tone]> = {
  queued: [m.admin_mail_queued, 'notice'],
  sent: [m.admin_mail_sent, 'good'],
  failed: [m.admin_mail_failed, 'danger'],
};

const named = ([name, tone]: [() => string, Tone]): StateName => ({ name: name(), tone });

export const eventStatusName = (status: EventStatus) => named(eventStatuses[status]);
export const orderStateName = (state: OrderState) => named(orderStates[state]);
export const passStatusName = (status: PassStatus) => named(passStatuses[status]);
export const paymentStateName = (state: Payment['state']) => named(paymentStates[state]);
export const refundStateName = (state: Refund['state']) => named(refundStates[state]);
export const mailStateName = (state: Mail['state']) => named(mailStates[state]);

/** The states an order or a pass can be filtered by, in the order of their lives. */
export const orderStateChoices = Object.keys(orderStates) as OrderState[];
export const passStatusChoices = Object.keys(passStatuses) as PassStatus[];

const refundReasons: Record<Refund['reason'], () => string> = {
  hold_expired: m.admin_refund_hold_expired,
  over_limit: m.admin_refund_over_limit,
  paid_twice: m.admin_refund_paid_twice,
  wrong_amount: m.admin_refund_wrong_amount,
  requested: m.admin_refund_asked_for,
};
export const refundReasonName = (reason: Refund['reason']) => refundReasons[reason]();

export const mailKinds: Record<Mail['kind'], () => string> = {
  order_paid: m.admin_mail_order_paid,
  order_refunded: m.admin_mail_order_refunded,
  pass_sent: m.admin_mail_pass_sent,
  pass_transferred: m.admin_mail_pass_transferred,
  exchange_offered: m.admin_mail_exchange_offered,
  confirmation_asked: m.admin_mail_confirmation_asked,
  confirmation_reminder: m.admin_mail_confirmation_reminder,
  application_received: m.admin_mail_application_received,
  application_asked: m.admin_mail_application_asked,
  application_approved: m.admin_mail_application_approved,
  application_rejected: m.admin_mail_application_rejected,
  delegation_invited: m.admin_mail_delegation_invited,
  member_invited: m.admin_mail_member_invited,
  password_reset: m.admin_mail_password_reset,
};
export const mailKindName = (kind: Mail['kind']) => mailKinds[kind]();
