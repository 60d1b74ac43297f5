import { laterAuthority } from '../../src/index.ts';
import type { SalesFact } from './facts.ts';
import { applyAccredited, applyEnded, applyRenamed, endPass } from './passes.ts';
import { answerAsk, applyGiven, applySold, carryOutRefund, paymentRow } from './sales.ts';
import { passRow, type Store } from './store.ts';
import type { World } from './world.ts';

/** What a fact of another site changes here, and what this site does about it in the same transaction. */
export function applySales(world: World, store: Store, { site, body }: SalesFact): void {
  switch (body.kind) {
    case 'units_given':
      return applyGiven(store, body);
    case 'units_asked':
      return answerAsk(world, store, body);
    case 'sold':
      return applySold(store, site, body);
    case 'ended':
      return applyEnded(world, store, site, body);
    case 'refund_asked':
      return applyRefundAsked(world, store, body.paymentId);
    case 'refund_carried_out':
      paymentRow(store, body.paymentId).refund = 'carried_out';
      return;
    case 'renamed':
      return applyRenamed(world, store, body);
    case 'reissued': {
      const row = passRow(store, body.passId);
      row.mediumNo = Math.max(row.mediumNo, body.mediumNo);
      return;
    }
    case 'accredited':
      return applyAccredited(world, store, body);
    case 'authority':
      store.authority = laterAuthority(store.authority, body.authority);
  }
}

function applyRefundAsked(world: World, store: Store, paymentId: string): void {
  const payment = paymentRow(store, paymentId);
  if (payment.refund === 'none') payment.refund = 'asked';
  if (world.core.refundStep(store.site.no, payment) !== 'carry_out') return;
  for (const { passId } of payment.tickets) endPass(world, store, passId, 'refunded');
  carryOutRefund(world, store, paymentId);
}
