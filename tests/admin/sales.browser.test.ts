/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { schema, settlePayment } from '@catraca/db';
import { makeType, seatRow } from '@catraca/db/seed';
import { auditSales } from '@catraca/db/testing/audit-sales';
import { pendingOrder, testSigningKey } from '@catraca/db/testing/shop';
import type { Page } from 'playwright';
import PostalMime from 'postal-mime';
import { beforeEach, expect, test, vi } from 'vitest';
import { started, testBrowser } from '../support/browser.ts';
import { watchComplaints } from '../support/complaints.ts';
import { expectToFit, seriousFaults } from '../support/looks.ts';
import { openDesk } from './desk.ts';
import { browserCookies, sessionCookie } from './staff.ts';

const { db, desk, site } = await openDesk();
await site.start('worker');
const now = new Date();
const dearer = await makeType(db, desk.eventId, {
  priceMinor: 9_000,
  name: { en: 'Three days' },
  units: 5,
});
const hall = await makeType(db, desk.eventId, {
  priceMinor: 6_000,
  name: { en: 'Hall' },
  seats: seatRow(3),
});
const family = await buy('family', 3);
const browser = await testBrowser();
const base = `${site.webUrl}/admin/${desk.eventSlug}`;
const cookies = await browserCookies(site.webUrl, 'owner');
const soon = { timeout: 20_000, interval: 200 };
let page: Page;
const complaints = watchComplaints();

beforeEach(async () => {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  await context.addCookies(cookies);
  page = await context.newPage();
  complaints.of(page);
});

async function buy(providerRef: string, quantity: number) {
  const lines = [{ typeId: desk.typeId, quantity }];
  const order = await pendingOrder(db, { eventId: desk.eventId, lines }, providerRef, now);
  const payment = {
    provider: 'test' as const,
    providerRef,
    amountMinor: 5_000 * quantity,
    currency: 'EUR',
  };
  await settlePayment(db, payment, await testSigningKey(db, now), now);
  return order;
}

/** The address in the latest mail with these words in its subject, once the worker has sent it. */
async function linkInMail(subject: string, part: string): Promise<string> {
  return vi.waitFor(async () => {
    const files = readdirSync(site.mailboxDir).filter((name) => name.endsWith('.eml'));
    const mails = await Promise.all(
      files.map((name) => PostalMime.parse(readFileSync(path.join(site.mailboxDir, name)))),
    );
    const text = mails.findLast((mail) => mail.subject?.includes(subject))?.text ?? '';
    const link = text.match(/https?:\S+/g)?.find((one) => one.includes(part));
    if (!link) throw new Error(`no mail about ${subject} yet`);
    return link;
  }, soon);
}

async function looksRight(): Promise<void> {
  expect(await seriousFaults(page), page.url()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectToFit(page);
  expect(await seriousFaults(page), page.url()).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('a pass gets another holder and a dearer type, which the buyer pays for; all of it is in its history', async () => {
  await page.goto(`${base}/passes/${desk.passPublicId}`);
  await started(page);
  const dialog = page.getByRole('dialog');
  const history = page.getByRole('region', { name: 'History' });
  await page.getByRole('button', { name: 'Change the holder' }).click();
  await dialog.getByLabel('Another person gets it').check();
  await dialog.getByText('stop working at once').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Nilo Novo');
  await dialog.getByRole('button', { name: 'Transfer' }).click();
  await dialog.getByText('Give an e-mail address').waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Nilo Novo');
  await dialog.getByLabel('E-mail').fill('nilo@example.com');
  await dialog.getByLabel('Reason').fill('sold it on');
  await dialog.getByRole('button', { name: 'Transfer' }).click();
  await page.getByRole('heading', { name: 'Nilo Novo' }).waitFor();
  await history.getByText('Reason: sold it on').waitFor();
  await linkInMail('Your pass for', '/tickets/');

  await page.getByRole('button', { name: 'Change type or seat' }).click();
  await dialog
    .getByRole('combobox', { name: 'Type' })
    .selectOption({ label: 'Three days · €90.00 · 5 free' });
  await dialog.getByText('The buyer gets a mail to pay €40.00').waitFor();
  await dialog.getByLabel('Reason').fill('stays longer');
  await dialog.getByRole('button', { name: 'Exchange', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const buyer = await browser.newPage({ locale: 'en-GB' });
  await buyer.goto(await linkInMail('pay the difference', '/orders/'));
  await started(buyer);
  await buyer.getByRole('button', { name: /Pay/ }).click();
  await vi.waitFor(async () => {
    const rows = await db.select().from(schema.passes);
    expect(rows.find(({ id }) => id === desk.passId)?.typeId).toBe(dearer.id);
  }, soon);
  await page.reload();
  await started(page);
  await history.getByText('By Olívia Farol').first().waitFor();
  await page.getByText('Three days').first().waitFor();
  await looksRight();
});

test('a pass gets a seat that costs less, whose difference goes back, and then another one for nothing', async () => {
  await page.goto(`${base}/passes/${desk.passPublicId}`);
  await started(page);
  const dialog = page.getByRole('dialog');
  const exchange = async (seat: string, consequence: RegExp) => {
    await page.getByRole('button', { name: 'Change type or seat' }).click();
    await dialog.getByRole('combobox', { name: 'Type' }).selectOption(String(hall.id));
    await dialog.getByLabel('Reason').fill('wants to sit');
    await dialog.getByRole('button', { name: 'Exchange', exact: true }).click();
    await dialog.getByText('Choose a seat', { exact: true }).last().waitFor();
    await dialog.getByRole('combobox', { name: 'Seat' }).selectOption({ label: seat });
    await dialog.getByText(consequence).waitFor();
    await dialog.getByRole('button', { name: 'Exchange', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(seat).first().waitFor();
  };
  await exchange('Stalls · row A · seat 2', /€30\.00/);
  await exchange('Stalls · row A · seat 3', /Nobody pays/);
  const claimed = await db.select({ id: schema.seatClaims.seatId }).from(schema.seatClaims);
  expect(claimed).toEqual([{ id: hall.seatIds[2] }]);
  const [given] = await db.select({ amountMinor: schema.refunds.amountMinor }).from(schema.refunds);
  expect(given).toEqual({ amountMinor: 3_000 });
  await looksRight();
});

test('two of three tickets of an order go back, and never more money than is left', async () => {
  await page.goto(`${base}/orders/${family.reference}`);
  await started(page);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Refund' }).click();
  await dialog.getByLabel('An amount, the tickets stay').check();
  await dialog.getByLabel('Amount in EUR').fill('151');
  await dialog.getByLabel('Reason').fill('rain');
  await dialog.getByRole('button', { name: 'Give the money back' }).click();
  await dialog.getByText('At most €150.00 can still go back').waitFor();
  await dialog.getByLabel('Some of its tickets').check();
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByRole('checkbox').nth(1).check();
  await dialog.getByText('€100.00 goes back. The 2 tickets').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Give the money back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('rowheader', { name: 'Went back' }).waitFor();
  await looksRight();
  await vi.waitFor(async () => {
    const rows = await db.select().from(schema.refunds);
    expect(rows.map(({ state, amountMinor }) => [state, amountMinor])).toContainEqual([
      'succeeded',
      10_000,
    ]);
  }, soon);
  const csv = await page.request.get(`${base}/orders.csv`);
  expect(await csv.text()).toContain(`${family.reference},paid,`);
  const cookie = await sessionCookie(site.webUrl, 'viewer');
  expect((await fetch(`${base}/passes.csv`, { headers: { cookie } })).status).toBe(403);
});

test('guests come from a file: bad lines are named, nothing is written before it is confirmed, and a reload shows how far it is', async () => {
  await page.goto(`${base}/passes/import`);
  await started(page);
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await choose('latin.csv', Buffer.from('name,type\nJo\xe3o,One day', 'latin1'));
  await page.getByText('The file is not UTF-8').waitFor();
  const table =
    'name,type,email,quantity\nZoë Guest,one day,zoe@example.com,2\n=1+1,One day,,\nBia,No such,,';
  await choose('guests.csv', Buffer.from(table));
  await page.getByText('Lines that can be imported: 1. Passes: 2.').waitFor();
  await page.getByText('“=1+1” begins like a formula').waitFor();
  await page.getByText('no type is called “No such”').waitFor();
  await looksRight();
  const before = await db.$count(schema.passes);
  await page.getByRole('button', { name: 'Import one line, leave 2 out' }).click();
  await page.locator('[data-job="done"]').waitFor();
  expect(await db.$count(schema.passes)).toBe(before + 2);
  await page.reload();
  await page.locator('[data-job="done"]').waitFor();
  await linkInMail('Your tickets for', '/tickets/');
});

test('holders are asked, one confirms on a phone with a name put right, and the organizer sees it', async () => {
  await page.goto(`${base}/confirmations`);
  await started(page);
  await page.getByLabel('From').fill('2020-01-01T08:00');
  await page.getByLabel('Until').fill('2099-01-01T08:00');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page
    .getByRole('textbox', { name: /^Question/ })
    .first()
    .fill('Do you come by train?');
  await page.getByLabel('Answer', { exact: true }).selectOption('yes_no');
  await page.getByLabel('Must be answered').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write where and when to come.').waitFor();
  await page
    .getByRole('textbox', { name: /^Where and when/ })
    .first()
    .fill('North gate, from nine.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Ask everybody' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Write to/ })
    .click();
  await page.locator('[data-job="done"]').waitFor();
  await looksRight();

  const phone = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
  });
  const holder = await phone.newPage();
  await holder.goto(await linkInMail('Please confirm', '/confirm'));
  await started(holder);
  await holder.getByText('North gate, from nine.').waitFor();
  await holder.getByRole('button', { name: 'Confirm' }).click();
  await holder.getByText('Please answer this.').waitFor();
  expect(await seriousFaults(holder)).toEqual([]);
  await expectToFit(holder);
  await holder.getByLabel('The name is misspelt').check();
  await holder.getByLabel('Name as on your document').fill('Right Name');
  await holder.getByLabel('Do you come by train?').selectOption('yes');
  await holder.getByRole('button', { name: 'Confirm' }).click();
  await holder.getByText('Confirmed. See you there!').waitFor();
  await page.getByRole('combobox', { name: 'Show' }).selectOption('confirmed');
  await page.getByText('Do you come by train?: yes').waitFor();
  await page.getByRole('link', { name: 'Right Name' }).click();
  await page.getByRole('heading', { name: 'Right Name' }).waitFor();
});

test('an event is refunded as a whole: closed first, asked with its name; what stops it half-way refunds nobody twice', async () => {
  await buy('last', 1);
  await page.goto(`${base}/orders/refund`);
  await started(page);
  await page.getByText('The event is still on sale').waitFor();
  await page.getByRole('button', { name: 'Close sales' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close sales' }).click();
  await page.getByRole('button', { name: /^Give €/ }).click();
  const dialog = page.getByRole('dialog');
  const sure = dialog.getByRole('button', { name: /^Give €/ });
  expect(await sure.isDisabled()).toBe(true);
  await dialog.getByRole('textbox').fill('Desk event');

  const last = (await paidOrders()).at(-1) ?? '';
  const held = await holdOrder(last);
  await sure.click();
  await expect.poll(paidOrders, soon).toEqual([last]);
  await page.locator('[data-job="running"]').waitFor();
  site.service('worker').process.kill('SIGKILL');
  await held.letGo();
  await page.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByText('What is done stays done.').waitFor();
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.locator('[data-job="stopped"]').waitFor();
  await page.reload();
  await started(page);
  expect(await paidOrders()).toEqual([last]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await site.start('worker');
  await page.locator('[data-job="done"]').waitFor();
  await page.reload();
  await page.locator('[data-job="done"]').waitFor();
  await page.getByText('No paid order is left.').waitFor();
  await looksRight();
  const orders = await db.select().from(schema.orders);
  expect(orders.every((order) => order.refundedMinor === order.paidMinor)).toBe(true);
  expect(await auditSales(db)).toEqual([]);
});

/** Their references, in the order in which they are refunded. */
async function paidOrders(): Promise<string[]> {
  const orders = await db.select().from(schema.orders).orderBy(schema.orders.id);
  return orders.filter(({ state }) => state === 'paid').map(({ reference }) => reference);
}

/** Whoever wants to change the order waits until it is let go. */
async function holdOrder(reference: string): Promise<{ letGo: () => Promise<void> }> {
  const held = Promise.withResolvers<true>();
  const wish = Promise.withResolvers<true>();
  const over = db.$client.begin(async (tx) => {
    await tx`select 1 from orders where reference = ${reference} for update`;
    held.resolve(true);
    await wish.promise;
  });
  await held.promise;
  return {
    letGo: async () => {
      wish.resolve(true);
      await over;
    },
  };
}
