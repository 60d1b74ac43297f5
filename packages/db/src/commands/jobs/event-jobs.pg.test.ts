import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '../../client.ts';
import { initSite } from '../../local-site.ts';
import { holdPersonalKeys } from '../../personal/personal-keys.ts';
import { countConfirmations, listConfirmations } from '../../queries/read-confirmations.ts';
import { findJob } from '../../queries/list-jobs.ts';
import {
  confirmations,
  events,
  mailOutbox,
  orders,
  passChanges,
  passes,
  persons,
  refunds,
} from '../../schema/index.ts';
import { makeEvent, makeType, type MadeEvent } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import type { Actor } from '../audit/write-audit.ts';
import { askHolders, askStep } from '../confirmations/ask-holders.ts';
import { confirmPass } from '../confirmations/confirm-pass.ts';
import { saveConfirmationRound } from '../confirmations/save-round.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { refundEvent, refundStep } from '../orders/refund-event.ts';
import { settlePayment } from '../orders/settle-payment.ts';
import { importGuests, importStep, type GuestRow } from '../passes/import-guests.ts';
import { stepJob, type JobSteps } from './step-job.ts';

const { db, url } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const by: Actor = {
  ...{ organizationId: 'org', kind: 'system', id: null, address: null, userAgent: null },
};
let key: SigningKey;
let no = 0;

beforeAll(async () => {
  holdPersonalKeys({
    current: 257,
    data: new Map([[257, new Uint8Array(32).fill(7)]]),
    index: new Uint8Array(32).fill(8),
  });
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  key = await testSigningKey(db, now);
});

const steps: JobSteps = {
  refund_event: refundStep,
  ask_holders: askStep,
  remind_holders: askStep,
  import_passes: importStep(() => Promise.resolve(key)),
};

/** Each step by another worker, since the one before was killed after its commit. */
async function runToEnd(jobId: bigint): Promise<number> {
  for (let count = 1; ; count++) {
    const worker: Db = openDb(url, { connections: 1 });
    const state = await stepJob(worker, jobId, steps, now);
    await worker.$client.end({ timeout: 1 });
    if (state === 'over') return count;
  }
}

async function sell(event: MadeEvent, typeId: bigint, quantity: number) {
  const ref = `job-${++no}`;
  const order = await pendingOrder(
    db,
    { eventId: event.id, lines: [{ typeId, quantity }] },
    ref,
    now,
  );
  const { totalMinor: amountMinor, currency } = order;
  await settlePayment(db, { provider: 'test', providerRef: ref, amountMinor, currency }, key, now);
}

test('S-23 the money of a closed event goes back order by order, whoever does it, and once', async () => {
  const event = await makeEvent(db, {}, now);
  const type = await makeType(db, event.id, { priceMinor: 1_000 });
  for (const quantity of [1, 2, 3, 1]) await sell(event, type.id, quantity);
  expect(await refundEvent(db, event.id, by, now)).toEqual({ ok: false, code: 'not_closed' });
  await db.update(events).set({ status: 'closed' }).where(eq(events.id, event.id));
  const started = await refundEvent(db, event.id, by, now);
  if (!started.ok) throw new Error(started.code);
  expect(await refundEvent(db, event.id, by, now)).toMatchObject({ code: 'job_running' });
  expect(await runToEnd(started.jobId)).toBe(5);
  expect(await findJob(db, event.id, started.jobId)).toMatchObject({
    done: 4,
    total: 4,
    failed: 0,
  });
  const back = await db.select({ amount: refunds.amountMinor }).from(refunds);
  expect(back.map(({ amount }) => amount).toSorted()).toEqual([1_000, 1_000, 2_000, 3_000]);
  expect(await refundEvent(db, event.id, by, now)).toEqual({ ok: false, code: 'nothing' });
  expect(await auditSales(db)).toEqual([]);
});

test('an import gives tickets and credentials to people, as far as there are any, and says which lines it could not', async () => {
  const event = await makeEvent(db, {}, now);
  const few = await makeType(db, event.id, { priceMinor: 1_000, units: 3 });
  const crew = await makeType(db, event.id, { kind: 'credential' });
  const row = (line: number, typeId: bigint, quantity = 1): GuestRow => ({
    ...{ line, typeId: String(typeId), quantity },
    ...{ name: `Guest ${line}`, email: line % 2 ? `guest${line}@example.com` : null },
  });
  const rows = [
    row(2, few.id, 2),
    row(3, few.id, 2),
    ...Array.from({ length: 25 }, (_, index) => row(index + 4, crew.id)),
  ];
  const started = await importGuests(db, event.id, { rows, locale: 'es' }, by, now);
  if (!started.ok) throw new Error(started.code);
  expect(await runToEnd(started.jobId)).toBe(2);
  expect(await findJob(db, event.id, started.jobId)).toMatchObject({
    ...{ state: 'done', done: 26, failed: 1, total: 27 },
    problems: [{ id: '3', code: 'sold_out' }],
  });
  const given = await db.select().from(passes).where(eq(passes.eventId, event.id));
  expect(given.filter(({ kind }) => kind === 'ticket')).toHaveLength(2);
  expect(given.filter(({ kind }) => kind === 'credential')).toHaveLength(25);
  const [order] = await db.select().from(orders).where(eq(orders.eventId, event.id));
  expect(order).toMatchObject({ state: 'paid', totalMinor: 0, locale: 'es' });
  expect(await auditSales(db)).toEqual([]);
});

test('N-1 N-2 holders are asked once, reminded while they have not confirmed, and confirm with their answers', async () => {
  const event = await makeEvent(db, {}, now);
  const type = await makeType(db, event.id, { priceMinor: 1_000 });
  const crew = await makeType(db, event.id, { kind: 'credential' });
  await sell(event, type.id, 2);
  const nobody: GuestRow = {
    line: 2,
    name: 'No Mail',
    email: null,
    typeId: String(crew.id),
    quantity: 1,
  };
  const imported = await importGuests(db, event.id, { rows: [nobody], locale: 'en' }, by, now);
  if (!imported.ok) throw new Error(imported.code);
  await runToEnd(imported.jobId);
  expect(await askHolders(db, event.id, 'ask_holders', by, now)).toEqual({
    ok: false,
    code: 'not_open',
  });
  const draft = {
    opensAt: new Date(now.getTime() - 1),
    closesAt: new Date(now.getTime() + 3_600_000),
    message: { en: 'Come to the north gate at nine.' },
    questions: [
      {
        key: 'meal',
        label: { en: 'Meal' },
        kind: 'choice' as const,
        required: true,
        options: [{ en: 'Rice' }, { en: 'Beans' }],
      },
    ],
  };
  expect(await saveConfirmationRound(db, event.id, { ...draft, version: null }, by)).toEqual({
    ok: true,
    version: 1,
  });
  expect(await saveConfirmationRound(db, event.id, { ...draft, version: null }, by)).toMatchObject({
    code: 'edited_meanwhile',
  });
  expect(await saveConfirmationRound(db, event.id, { ...draft, version: 1 }, by)).toEqual({
    ok: true,
    version: 2,
  });

  const asked = await askHolders(db, event.id, 'ask_holders', by, now);
  if (!asked.ok) throw new Error(asked.code);
  await runToEnd(asked.jobId);
  const [mute] = await listConfirmations(db, {
    eventId: event.id,
    filter: 'no_email',
    after: null,
    limit: 9,
  });
  expect(mute?.holderName).toBe('No Mail');
  expect(await findJob(db, event.id, asked.jobId)).toMatchObject({
    ...{ done: 2, failed: 1 },
    problems: [{ id: mute?.publicId, code: 'no_email' }],
  });
  const waiting = await listConfirmations(db, {
    eventId: event.id,
    filter: 'waiting',
    after: null,
    limit: 9,
  });
  const [first, second] = waiting;
  const confirm = (name: string | null, meal: string) =>
    confirmPass(db, first?.id ?? 0n, { name, answers: { meal, other: 'x' } }, now);
  expect(await confirm(null, 'Soup')).toEqual({
    ...{ ok: false, code: 'answers_wrong', problems: { 'answers.meal': 'not_an_option' } },
  });
  expect(await confirm('Ána Right', 'Rice')).toEqual({ ok: true });
  expect(await confirm('Ana Again', 'Rice')).toEqual({ ok: false, code: 'name_corrected_before' });
  expect(await confirm(null, 'Beans')).toEqual({ ok: true });
  const [kept] = await db
    .select()
    .from(confirmations)
    .where(eq(confirmations.passId, first?.id ?? 0n));
  expect(kept?.answers).toEqual({ meal: 'Beans' });
  const raw = await db.execute(
    'select encode(answers, $$escape$$) as said from confirmations where answers is not null',
  );
  expect(JSON.stringify(raw)).not.toContain('Beans');
  const [holder] = await db
    .select({ name: persons.name })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .where(eq(passes.id, first?.id ?? 0n));
  expect(holder?.name).toBe('Ána Right');
  const changes = await db
    .select({ kind: passChanges.kind })
    .from(passChanges)
    .where(eq(passChanges.passId, first?.id ?? 0n))
    .orderBy(passChanges.id);
  expect(changes.map(({ kind }) => kind)).toEqual(['renamed', 'confirmed', 'confirmed']);

  for (const round of [1, 2]) {
    const reminded = await askHolders(db, event.id, 'remind_holders', by, now);
    if (!reminded.ok) throw new Error(reminded.code);
    await runToEnd(reminded.jobId);
    const mails = await db
      .select()
      .from(mailOutbox)
      .where(eq(mailOutbox.passId, second?.id ?? 0n));
    expect(mails.filter(({ kind }) => kind === 'confirmation_reminder')).toHaveLength(round);
  }
  expect(await countConfirmations(db, event.id)).toEqual({ passes: 3, asked: 2, confirmed: 1 });
  const closed = new Date(draft.closesAt);
  expect(
    await confirmPass(db, second?.id ?? 0n, { name: null, answers: { meal: 'Rice' } }, closed),
  ).toEqual({ ok: false, code: 'not_open' });
});
