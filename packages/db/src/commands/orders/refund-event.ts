import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from '../../client.ts';
import { events, orders } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { startJob, type StartJobResult } from '../jobs/start-job.ts';
import type { JobStep } from '../jobs/step-job.ts';
import { transact } from '../transact.ts';
import { refundIn } from './refund-order.ts';

/** What giving back an event's money would be: paid orders, and what is left of their money. */
export async function previewEventRefund(
  db: DbOrTx,
  eventId: bigint,
): Promise<{ orders: number; amountMinor: number }> {
  const [sums] = await db
    .select({
      orders: sql`count(*)`.mapWith(Number),
      amountMinor: sql`coalesce(sum(${orders.paidMinor} - ${orders.refundedMinor}), 0)`.mapWith(
        Number,
      ),
    })
    .from(orders)
    .where(and(eq(orders.eventId, eventId), eq(orders.state, 'paid')));
  return sums ?? { orders: 0, amountMinor: 0 };
}

export type RefundEventResult =
  | StartJobResult
  | { ok: false; code: 'unknown_event' }
  /** It is still on sale: it is closed first. */
  | { ok: false; code: 'not_closed' }
  | { ok: false; code: 'nothing' };

/** Gives back the money of every paid order of a closed event: a job of the worker. Asked again later, it gives back what was paid since. */
export async function refundEvent(
  db: Db,
  eventId: bigint,
  by: Actor,
  now: Date,
): Promise<RefundEventResult> {
  return transact<RefundEventResult>(db, async (tx) => {
    const [event] = await tx
      .select({ status: events.status })
      .from(events)
      .where(eq(events.id, eventId))
      .for('no key update');
    if (!event) return { ok: false, code: 'unknown_event' };
    if (event.status !== 'closed') return { ok: false, code: 'not_closed' };
    const preview = await previewEventRefund(tx, eventId);
    if (preview.orders === 0) return { ok: false, code: 'nothing' };
    const job = { eventId, kind: 'refund_event' as const, total: preview.orders, userId: by.id };
    const started = await startJob(tx, job, now);
    if (!started.ok) return started;
    await writeAudit(tx, by, {
      ...{ action: 'event.refund', eventId, subjectKind: 'event', subjectId: eventId },
      after: { ...preview },
    });
    return started;
  });
}

/** A step gives one order back: in a transaction of its own it locks what it needs in the order of locks.ts. */
export const refundStep: JobStep = async (tx, job, now) => {
  const [next] = await tx
    .select({ id: orders.id, reference: orders.reference })
    .from(orders)
    .where(
      and(eq(orders.eventId, job.eventId), eq(orders.state, 'paid'), gt(orders.id, job.cursor)),
    )
    .orderBy(asc(orders.id))
    .limit(1);
  if (!next) return { cursor: job.cursor, done: 0, problems: [], isLast: true };
  const result = await refundIn(tx, next.id, now, { userId: job.userId, reason: null });
  const problems = result.ok ? [] : [{ id: next.reference, code: result.code }];
  return { cursor: next.id, done: result.ok ? 1 : 0, problems, isLast: false };
};
