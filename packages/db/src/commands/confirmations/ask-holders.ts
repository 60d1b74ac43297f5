import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { insertRows } from '../../rows.ts';
import {
  confirmationRounds,
  confirmations,
  orderLines,
  orders,
  passes,
  persons,
} from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { startJob, type StartJobResult } from '../jobs/start-job.ts';
import type { JobStep } from '../jobs/step-job.ts';
import { queueMails } from '../mail/queue-mail.ts';
import { transact } from '../transact.ts';

/** Holders in one step: a mail and a row each, well below a second. */
const holdersPerStep = 200;

export type AskKind = 'ask_holders' | 'remind_holders';

export type AskHoldersResult =
  | StartJobResult
  /** Nothing was set yet that holders could confirm, or its time is over. */
  | { ok: false; code: 'not_open' }
  | { ok: false; code: 'nobody' };

/** Writes to every holder who was not asked yet, or to those who were and have not confirmed: a job of the worker. */
export async function askHolders(
  db: Db,
  eventId: bigint,
  kind: AskKind,
  by: Actor,
  now: Date,
): Promise<AskHoldersResult> {
  return transact<AskHoldersResult>(db, async (tx) => {
    const [round] = await tx
      .select()
      .from(confirmationRounds)
      .where(eq(confirmationRounds.eventId, eventId));
    if (!round || round.closesAt <= now) return { ok: false, code: 'not_open' };
    const [found] = await tx
      .select({ count: sql`count(*)`.mapWith(Number) })
      .from(passes)
      .leftJoin(confirmations, eq(confirmations.passId, passes.id))
      .where(isToAsk(eventId, kind));
    const total = found?.count ?? 0;
    if (total === 0) return { ok: false, code: 'nobody' };
    const started = await startJob(tx, { eventId, kind, total, userId: by.id }, now);
    if (!started.ok) return started;
    await writeAudit(tx, by, {
      ...{ action: 'confirmation.ask', eventId, subjectKind: 'job', subjectId: started.jobId },
      after: { kind, total },
    });
    return started;
  });
}

function isToAsk(eventId: bigint, kind: AskKind) {
  const asked =
    kind === 'ask_holders'
      ? isNull(confirmations.askedAt)
      : sql`${confirmations.askedAt} is not null`;
  return and(
    eq(passes.eventId, eventId),
    eq(passes.status, 'valid'),
    isNull(confirmations.confirmedAt),
    asked,
  );
}

/** A step of both jobs: a mail to each of the next holders, to the buyer where a holder has no address. Who has neither is a problem. */
export const askStep: JobStep = async (tx, job, now) => {
  const kind: AskKind = job.kind === 'remind_holders' ? 'remind_holders' : 'ask_holders';
  const rows = await readNext(tx, job.eventId, kind, job.cursor);
  const reachable = rows.filter(({ toPersonId }) => toPersonId !== null);
  await queueMails(
    tx,
    reachable.map(({ passId, toPersonId, reminders }) => ({
      kind: kind === 'ask_holders' ? ('confirmation_asked' as const) : 'confirmation_reminder',
      ...{ passId, toPersonId },
      dedupeKey: `${kind}:${passId}:${kind === 'ask_holders' ? job.id : reminders}`,
    })),
    now,
  );
  await markAsked(
    tx,
    job.eventId,
    kind,
    reachable.map(({ passId }) => passId),
    now,
  );
  return {
    cursor: rows.at(-1)?.passId ?? job.cursor,
    done: reachable.length,
    problems: rows.flatMap(({ publicId, toPersonId }) =>
      toPersonId === null ? [{ id: publicId, code: 'no_email' }] : [],
    ),
    isLast: rows.length < holdersPerStep,
  };
};

async function readNext(tx: Tx, eventId: bigint, kind: AskKind, after: bigint) {
  const rows = await tx
    .select({
      passId: passes.id,
      publicId: passes.publicId,
      holderId: passes.holderId,
      reminders: sql`coalesce(${confirmations.reminders}, 0)`.mapWith(Number),
      hasEmail: sql<boolean>`${persons.email} is not null`,
      buyerId: orders.buyerId,
      buyerHasEmail: sql<boolean>`exists (select from persons b where b.id = ${orders.buyerId} and b.email is not null)`,
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(confirmations, eq(confirmations.passId, passes.id))
    .where(and(isToAsk(eventId, kind), gt(passes.id, after)))
    .orderBy(asc(passes.id))
    .limit(holdersPerStep);
  return rows.map(({ hasEmail, holderId, buyerId, buyerHasEmail, ...row }) => ({
    ...row,
    toPersonId: hasEmail ? holderId : buyerHasEmail ? buyerId : null,
  }));
}

async function markAsked(
  tx: Tx,
  eventId: bigint,
  kind: AskKind,
  passIds: readonly bigint[],
  now: Date,
): Promise<void> {
  const conflict =
    kind === 'ask_holders'
      ? sql`on conflict (pass_id) do update set asked_at = excluded.asked_at`
      : sql`on conflict (pass_id) do update set reminded_at = excluded.asked_at, reminders = ${confirmations}.reminders + 1`;
  await insertRows(
    tx,
    confirmations,
    passIds.map((passId) => ({ passId, eventId, askedAt: now })),
    conflict,
  );
}
