/// <reference lib="dom" />
import { schema } from '@catraca/db';
import { judgeScans, loadVenue, openGateDb } from '@catraca/db/gate';
import { gateScan } from '@catraca/db/gate/testing';
import { makeType } from '@catraca/db/seed';
import type { CheckpointId, DeviceId, EventId } from '@catraca/domain';
import { loadPeople } from '@catraca/db/testing/people';
import type { Page } from 'playwright';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { started, testBrowser } from '../support/browser.ts';
import { watchComplaints } from '../support/complaints.ts';
import { look } from '../support/pictures.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, url, desk, site } = await openDesk();
const guests = 119;
const press = await makeType(db, desk.eventId, { kind: 'credential', name: { en: 'Press' } });
const people = Array.from({ length: guests }, (_, n) => ({
  id: BigInt(1_000_000 + n),
  name: `Guest ${String(n + 1).padStart(3, '0')}`,
  email: `guest${n + 1}@press.example`,
}));
await loadPeople(db, desk.eventId, people);
await db.insert(schema.passes).values(
  people.map(({ id }, n) => ({
    ...{ eventId: desk.eventId, typeId: press.id, kind: 'credential' as const, holderId: id },
    createdAt: new Date(Date.UTC(2020, 0, 1, 0, 0, n)),
  })),
);
const gate = openGateDb(url);
afterAll(() => gate.end());
const browser = await testBrowser();
const cookies = await browserCookies(site.webUrl, 'owner');
const base = `${site.webUrl}/admin/${desk.eventSlug}`;
let page: Page;
const complaints = watchComplaints();

beforeEach(async () => {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' },
  });
  await context.addCookies(cookies);
  page = await context.newPage();
  complaints.of(page);
});

async function visit(path: string): Promise<void> {
  await page.goto(`${base}${path}`);
  await started(page);
}

const firstIs = (name: string) =>
  page.locator('tbody tr').first().getByRole('link', { name }).waitFor();

async function barcode(): Promise<string> {
  const media = await db.select().from(schema.media);
  const medium = media.find(({ passId, kind }) => passId === desk.passId && kind === 'barcode');
  return medium?.code ?? '';
}

test('a list is leafed through from either end, and the browser goes back and forward in it', async () => {
  await visit('/passes');
  await page.getByText('120 in all').waitFor();
  await firstIs('Bia Buyer');
  await look(page, 'passes');
  await page.getByRole('button', { name: 'Next' }).click();
  await firstIs('Guest 070');
  expect(new URL(page.url()).searchParams.has('after')).toBe(true);
  await page.getByRole('button', { name: 'Next' }).click();
  await firstIs('Guest 020');
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.goBack();
  await firstIs('Guest 070');
  await page.goBack();
  await firstIs('Bia Buyer');
  await page.goForward();
  await firstIs('Guest 070');
  await page.reload();
  await started(page);
  await firstIs('Guest 070');
  await page.getByRole('button', { name: 'Last' }).click();
  await firstIs('Guest 050');
  await page.getByRole('button', { name: 'Previous' }).click();
  await firstIs('Guest 100');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Oldest first' });
  await firstIs('Guest 001');
  expect(new URL(page.url()).search).toBe('?sort=oldest');
});

test.each([
  ['part of a name', () => 'uest 042', 'Guest 042'],
  ['an e-mail', () => 'GUEST42@press', 'Guest 042'],
  ['part of an order’s reference', () => desk.orderReference.slice(2).toLowerCase(), 'Bia Buyer'],
  ['a code that a reader types', barcode, 'Bia Buyer'],
])('a pass is found by %s, and is still found after a look at it', async (_, text, name) => {
  await visit('/passes');
  const typed = await text();
  await page.getByRole('searchbox').fill(typed);
  await page.getByText('1 in all').waitFor();
  expect(page.url(), 'what was typed is in no address').toBe(`${base}/passes`);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
  await page.goBack();
  await page.getByText('1 in all').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe(typed);
  await firstIs(name);
});

test.each([
  ['part of the buyer’s name', () => 'buy'],
  ['an e-mail', () => 'bia@exam'],
  ['part of the reference', () => desk.orderReference.slice(0, 4)],
])('an order is found by %s', async (_, text) => {
  await visit('/orders');
  await page.getByRole('searchbox').fill(text());
  await page.getByText('1 in all').waitFor();
  await firstIs('Bia Buyer');
});

test('what narrows a list is in its address, and nothing found says how to go on', async () => {
  await visit('/passes');
  await page.getByRole('combobox', { name: 'Type' }).selectOption({ label: 'Press' });
  await page.getByText('119 in all').waitFor();
  await page.reload();
  await started(page);
  await page.getByText('119 in all').waitFor();
  await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Revoked' });
  await page.getByText('Nothing found').waitFor();
  await look(page, 'passes-none');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByText('120 in all').waitFor();
});

test('a name is put right, a gate admits and refuses, the money goes back: all of it on one timeline', async () => {
  await visit(`/passes/${desk.passPublicId}`);
  const dialog = page.getByRole('dialog');
  const history = page.getByRole('region', { name: 'History' });
  await page.getByRole('button', { name: 'Change the holder' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Bia Compradora');
  await dialog.getByText('The codes stay').waitFor();
  await look(page, 'pass-holder');
  await dialog.getByRole('button', { name: 'Correct the name' }).click();
  await dialog.getByText('Say why').waitFor();
  await dialog.getByLabel('Reason').fill('misspelt');
  await dialog.getByRole('button', { name: 'Correct the name' }).click();
  await page.getByRole('heading', { name: 'Bia Compradora' }).waitFor();

  const venue = await loadVenue(db, desk.eventId as EventId);
  if (!venue) throw new Error('the event has no gates');
  const code = await barcode();
  const device = { id: desk.deviceId as DeviceId, token: desk.deviceToken };
  const scan = () =>
    judgeScans(gate, 1, [gateScan(venue, device, code, desk.checkpointId as CheckpointId)]);
  await scan();
  await scan();
  await page.goto(`${base}/orders/${desk.orderReference}`);
  await started(page);
  await look(page, 'order');
  await page.getByRole('button', { name: 'Refund' }).click();
  await dialog.getByLabel('Reason').fill('fell ill');
  await look(page, 'order-refund');
  await dialog.getByRole('button', { name: 'Give the money back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await visit(`/passes/${desk.passPublicId}`);
  for (const entry of ['Sold', 'Issued', 'Holder renamed', 'Admitted', 'Used', 'Refunded']) {
    await history.getByText(entry, { exact: true }).first().waitFor();
  }
  await history.getByText('Reason: misspelt').waitFor();
  await look(page, 'pass-timeline');
});

test('the audit log says what was done in words, and opens what it was done to', async () => {
  await visit('/audit');
  await page.getByText('Refunded an order').first().waitFor();
  await page.getByText('Corrected a holder’s name').waitFor();
  await look(page, 'audit');
  await page.getByRole('link', { name: 'Pass', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Bia Compradora' }).waitFor();
});

test.each([
  ['members', '/admin/members'],
  ['account', '/account'],
  ['people-data', '/admin/people-data'],
  ['audit-all', '/admin/audit'],
  ['import', `/admin/${desk.eventSlug}/passes/import`],
  ['refund-event', `/admin/${desk.eventSlug}/orders/refund`],
  ['confirmations', `/admin/${desk.eventSlug}/confirmations`],
  ['orders', `/admin/${desk.eventSlug}/orders`],
  ['devices', `/admin/${desk.eventSlug}/devices`],
])('%s is for everybody, by day and by night', async (name, path) => {
  await page.goto(site.webUrl + path);
  await started(page);
  await look(page, name);
});
