import type { PaymentProviders } from '@catraca/api/payment';
import { type Db, type DueRefund, markRefunded, takeDueRefunds } from '@catraca/db';
import { describeError, type Log } from '../log.ts';
import type { Work } from './job.ts';

const refundsPerRound = 10;

/** Carries out refunds until the provider has. The provider knows each by its id, so that asking again gives nothing twice. */
export function returningMoney(db: Db, payments: PaymentProviders, log: Log): Work {
  const giveBack = async (refund: DueRefund, now: Date): Promise<void> => {
    const { refundId, provider, attempts, reason } = refund;
    const facts = { refundId: String(refundId), provider, attempts, reason };
    try {
      const from = payments.find(provider);
      if (!from) throw new Error('this provider is not set up');
      await markRefunded(db, { refundId, providerRef: await from.refund(refund) }, now);
      log.info(facts, 'refunded');
    } catch (error) {
      const { name, code } = describeError(error);
      log.warn({ ...facts, error: code ?? name }, 'not refunded yet');
    }
  };
  return {
    name: 'return_money',
    everyMs: 2_000,
    async run(now) {
      const due = await takeDueRefunds(db, now, refundsPerRound);
      for (const refund of due) await giveBack(refund, now);
      return due.length === refundsPerRound ? 'more' : 'done';
    },
  };
}
