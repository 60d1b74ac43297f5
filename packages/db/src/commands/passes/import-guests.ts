import { randomUUID } from 'node:crypto';
import { assert } from '@catraca/domain';
import { inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertRows } from '../../rows.ts';
import { events, orderHolders, orderLines, passTypes, payments } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { at, takeIds } from '../ids.ts';
import { startJob, type StartJobResult } from '../jobs/start-job.ts';
import type { JobStep } from '../jobs/step-job.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { freeOf, lockStock, moveStock, type LockedStock, type OrderRow } from '../locks.ts';
import { queueMail, queueMails } from '../mail/queue-mail.ts';
import { insertOrder } from '../orders/insert-order.ts';
import { insertPersons } from '../persons.ts';
import { transact } from '../transact.ts';
import { issuePasses } from './issue-passes.ts';

/** A line of an import that can be carried out. */
export interface GuestRow {
  /** Of the file, for what goes wrong with it. */
  line: number;
  name: string;
  email: string | null;
  /** A decimal string, as it travels in the job. */
  typeId: string;
  /** Units of a ticket type; 1 for a credential. */
  quantity: number;
}

/** Rows in one step: the stock of their types is locked meanwhile. */
const rowsPerStep = 20;

/** Asks the worker for passes of these people: tickets that cost nothing, and credentials. */
export async function importGuests(
  db: Db,
  eventId: bigint,
  { rows, locale }: { rows: readonly GuestRow[]; locale: GuestLocale },
  by: Actor,
  now: Date,
): Promise<StartJobResult> {
  return transact<StartJobResult>(db, async (tx) => {
    const job = { eventId, kind: 'import_passes' as const, total: rows.length, userId: by.id };
    const started = await startJob(tx, { ...job, input: { locale }, payload: rows }, now);
    if (!started.ok) return started;
    await writeAudit(tx, by, {
      ...{ action: 'pass.import', eventId, subjectKind: 'job', subjectId: started.jobId },
      after: { rows: rows.length },
    });
    return started;
  });
}

export type GuestLocale = OrderRow['locale'];

type TypeRow = typeof passTypes.$inferSelect;

interface Import {
  tx: Tx;
  key: SigningKey;
  now: Date;
  site: number;
  event: { id: bigint; currency: string };
  locale: GuestLocale;
  stock: Map<bigint, LockedStock>;
}

/** The step of an import, for a worker that signs with this key. */
export function importStep(getKey: () => Promise<SigningKey>): JobStep {
  return async (tx, job, now) => {
    const all = (job.payload ?? []) as GuestRow[];
    const rows = all.slice(Number(job.cursor), Number(job.cursor) + rowsPerStep);
    const typeIds = [...new Set(rows.map(({ typeId }) => BigInt(typeId)))];
    const types = await readTypes(tx, typeIds);
    const site = (await getLocalSite(tx)).number;
    const [event] = await tx
      .select({ id: events.id, currency: events.currency })
      .from(events)
      .where(inArray(events.id, [job.eventId]));
    assert(event, 'a job has its event');
    const stock = await lockStock(tx, site, typeIds);
    const locale = (job.input['locale'] ?? 'en') as GuestLocale;
    const work: Import = {
      ...{ tx, key: await getKey(), now, site, event, locale, stock },
    };
    const problems: { id: string; code: string }[] = [];
    for (const row of rows) {
      const type = types.get(BigInt(row.typeId));
      const code = type?.eventId === event.id ? await issueGuest(work, row, type) : 'unknown_type';
      if (code) problems.push({ id: String(row.line), code });
    }
    const cursor = job.cursor + BigInt(rows.length);
    const isLast = Number(cursor) >= all.length;
    return { cursor, done: rows.length - problems.length, problems, isLast };
  };
}

async function readTypes(tx: Tx, typeIds: readonly bigint[]): Promise<Map<bigint, TypeRow>> {
  const rows = await tx
    .select()
    .from(passTypes)
    .where(inArray(passTypes.id, [...typeIds]));
  return new Map(rows.map((row) => [row.id, row]));
}

async function issueGuest(work: Import, row: GuestRow, type: TypeRow): Promise<string | undefined> {
  if (type.archived || type.seated) return 'unknown_type';
  if (type.kind === 'credential') return issueCredential(work, row, type);
  const { tx, site } = work;
  const left = work.stock.get(type.id);
  if (!left || freeOf(left) < row.quantity) return 'sold_out';
  work.stock.set(type.id, { ...left, sold: left.sold + row.quantity });
  for (const { pool } of work.stock.values())
    if (pool && pool.id === left.pool?.id) pool.free -= row.quantity;
  await moveStock(tx, site, [{ typeId: type.id, held: 0, sold: row.quantity }]);
  await giveTickets(work, row, type);
  return undefined;
}

async function issueCredential(work: Import, row: GuestRow, type: TypeRow): Promise<undefined> {
  const { tx, key, now, event } = work;
  const holder = { name: row.name, email: row.email };
  const holderId = at(await insertPersons(tx, event.id, [holder]), 0);
  const pass = { typeId: type.id, holderId, orderLineId: null, seatId: null };
  const passId = at(await issuePasses(tx, key, [pass], now), 0);
  await record(tx, 'credential', [passId]);
  const mail = { kind: 'pass_sent' as const, passId, dedupeKey: `pass_sent:${passId}:1` };
  if (row.email) await queueMails(tx, [mail], now);
}

/** A paid order of nothing, with all that a bought one has. */
async function giveTickets(work: Import, row: GuestRow, type: TypeRow): Promise<void> {
  const { tx, key, now, site, event, locale } = work;
  const passCount = row.quantity * type.passesPerUnit;
  const ids = await takeIds(tx, 1 + row.quantity);
  const [orderId, ...lineIds] = [at(ids, 0), ...ids.slice(1)];
  const [buyerId, ...holderIds] = await insertPersons(tx, event.id, [
    { name: row.name, email: row.email },
    ...Array.from({ length: passCount }, () => ({ name: row.name, email: null })),
  ]);
  assert(buyerId !== undefined, 'people were written');
  const publicId = randomUUID();
  await insertOrder(tx, {
    ...{ id: orderId, publicId, eventId: event.id, site, buyerId, locale },
    ...{ currency: event.currency, totalMinor: 0, state: 'paid' as const },
    ...{ createdAt: now, paidAt: now },
  });
  await insertRows(
    tx,
    orderLines,
    lineIds.map((id, index) => ({
      ...{ id, orderId, no: index + 1, typeId: type.id, priceMinor: 0, feeMinor: 0 },
      discountMinor: type.priceMinor + type.feeMinor,
    })),
  );
  const places = holderIds.map((personId, index) => ({
    orderLineId: at(lineIds, Math.floor(index / type.passesPerUnit)),
    no: (index % type.passesPerUnit) + 1,
    personId,
  }));
  await insertRows(tx, orderHolders, places);
  await tx.insert(payments).values({
    ...{ orderId, provider: 'free', providerRef: `guest_${publicId}`, amountMinor: 0 },
    ...{ currency: event.currency, state: 'succeeded', createdAt: now, settledAt: now },
  });
  const passIds = await issuePasses(
    tx,
    key,
    places.map(({ orderLineId, personId }) => ({
      ...{ typeId: type.id, holderId: personId, orderLineId, seatId: null },
    })),
    now,
  );
  assert(passIds.length === passCount, 'each holder has a pass');
  if (row.email) await queueMail(tx, 'order_paid', orderId, now);
  await record(tx, 'order', [orderId]);
}
