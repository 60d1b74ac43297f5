import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  expireHolds,
  findWaitingRoom,
  initSite,
  joinWaitingRoom,
  placeHold,
  setWaitingRoom,
  settlePayment,
  type SigningKey,
} from '@catraca/db';
import { freePort } from '@catraca/db/embedded';
import { makeEvent, makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { pendingOrder, placed, testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { readTicketsPdf } from '@catraca/documents/testing';
import { parseCode } from '@catraca/domain';
import { verifyToken } from '@catraca/domain/token/node';
import { createPublicKey } from 'node:crypto';
import { pino } from 'pino';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readSettings } from './env.ts';
import { startWorker, type Worker } from './start.ts';

const { db, url } = await testDatabase();
const mailboxDir = mkdtempSync(path.join(tmpdir(), 'catraca-worker-'));
let worker: Worker;
let key: SigningKey;
let eventId: bigint;

const environment = async () => ({
  CATRACA_MODE: 'development',
  DATABASE_URL: url,
  CATRACA_SECRET: '5'.repeat(64),
  CATRACA_MASTER_KEY: Buffer.from(testMasterKey).toString('hex'),
  WEB_ORIGIN: 'http://tickets.example',
  SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
  MAILBOX_DIR: mailboxDir,
});

beforeAll(async () => {
  const now = new Date();
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  key = await testSigningKey(db, now);
  eventId = (await makeEvent(db, { name: 'Feira do Traço' }, now)).id;
  worker = await startWorker(readSettings(await environment()), pino({ level: 'silent' }));
});

afterAll(async () => {
  await worker.stop();
  rmSync(mailboxDir, { recursive: true });
});

const soon = { timeout: 20_000, interval: 100 };

async function mails(): Promise<Email[]> {
  const files = readdirSync(mailboxDir).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    files.map((name) => PostalMime.parse(readFileSync(path.join(mailboxDir, name)))),
  );
}

/** An order of `agoMs` ago, and its payment, which comes now. */
async function pay(quantity: number, ref: string, agoMs = 0) {
  const now = new Date(Date.now() - agoMs);
  const type = await makeType(db, eventId, { priceMinor: 900, units: quantity });
  const order = await pendingOrder(
    db,
    { eventId, lines: [{ typeId: type.id, quantity }] },
    ref,
    now,
  );
  const money = { amountMinor: order.totalMinor, currency: order.currency };
  return {
    type,
    order,
    settle: () =>
      settlePayment(db, { provider: 'test', providerRef: ref, ...money }, key, new Date()),
  };
}

test('a paid order is one mail, with a PDF whose codes are the tickets', async () => {
  const { settle, order } = await pay(2, 'paid-1');
  await settle();
  const [mail] = await vi.waitFor(async () => {
    const found = await mails();
    expect(found).toHaveLength(1);
    return found;
  }, soon);
  expect(mail?.to).toEqual([{ name: 'Bia Buyer', address: 'bia@example.com' }]);
  expect(mail?.subject).toContain('Feira do Traço');
  expect(mail?.html).toContain(`http://tickets.example/orders/${order.publicId}?key=`);
  const [pdf] = mail?.attachments ?? [];
  expect(pdf?.filename).toBe(`tickets-${order.reference}.pdf`);
  const tickets = await readTicketsPdf(new Uint8Array(pdf?.content as ArrayBuffer));
  expect(tickets).toHaveLength(2);
  for (const { qr, barcode } of tickets) {
    const code = parseCode(qr ?? '');
    if (code.kind !== 'token') throw new Error('not a token');
    expect(
      verifyToken(code, (id) => (id === key.keyId ? createPublicKey(key.privateKey) : undefined)),
    ).toBe('valid');
    expect(parseCode(barcode ?? '').kind).toBe('barcode');
  }
});

test('S-5 money that came too late goes back, and the mail says why', async () => {
  const { settle, order, type } = await pay(1, 'late-1', 3_600_000);
  await expireHolds(db, new Date(), 100);
  const lines = [{ typeId: type.id, quantity: 1 }];
  placed(await placeHold(db, { eventId, lines }, new Date()));
  expect(await settle()).toMatchObject({ outcome: 'hold_expired', refundMinor: 900 });
  await vi.waitFor(async () => {
    const all = await mails();
    expect(
      all.some(
        (mail) =>
          mail.text?.includes(order.reference) && mail.subject?.startsWith('Your money back'),
      ),
    ).toBe(true);
  }, soon);
  await vi.waitFor(async () => {
    const states = await db.query.refunds.findMany({ columns: { state: true } });
    expect(states).toEqual([{ state: 'succeeded' }]);
  }, soon);
});

test('W-2 W-5 a waiting room opens by itself, and calls', async () => {
  const event = await makeEvent(db, {}, new Date());
  const opensAt = new Date(Date.now() + 500);
  const limits = { perMinuteMax: 6_000, shoppersMax: 2, turnSeconds: 600 };
  await setWaitingRoom(db, event.id, { opensAt, ...limits });
  const browsers = ['a', 'b', 'c'].map((keyThumbprint) => ({
    keyThumbprint,
    networkKey: Buffer.from(keyThumbprint),
  }));
  await joinWaitingRoom(db, event.id, browsers, new Date());
  await vi.waitFor(async () => {
    const found = await findWaitingRoom(db, event.slug);
    expect(found?.room).toMatchObject({ lastNo: 3, calledNo: 2 });
    expect(found?.shopping).toHaveLength(2);
  }, soon);
});

test('a setting that is wrong is named, and its value is not shown', async () => {
  const given = await environment();
  expect(() => readSettings({ ...given, CATRACA_SECRET: 'short-secret' })).toThrow(
    /CATRACA_SECRET must be/,
  );
  expect(() => readSettings({ ...given, CATRACA_SECRET: 'short-secret' })).not.toThrow(
    /short-secret/,
  );
  // What is not said is production: nobody captures mail, or gives test money back, by forgetting a setting.
  expect(() => readSettings({ ...given, CATRACA_MODE: '' })).toThrow(/MAILBOX_DIR/);
});
