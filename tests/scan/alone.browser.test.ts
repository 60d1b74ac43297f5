import { revokeDevice } from '@catraca/db';
import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { makeDeskStaff } from '@catraca/db/testing/desk';
import assert from 'node:assert/strict';
import type { BrowserContext, Page, Response } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { browserCookies } from '../admin/staff.ts';
import { started, testBrowser } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { startSite } from '../support/site.ts';
import { answer, openScanner, typeAsReader } from './scanner.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const [{ slug, organizationId } = { slug: '', organizationId: '' }] = await db.$client<
  { slug: string; organizationId: string }[]
>`select slug, organization_id as "organizationId" from events`;
await makeDeskStaff(db, { organizationId });
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
afterAll(() => site.stop());
const browser = await testBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]);

interface Scanner {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A scanner that has the event's data, and its page kept. */
async function openReady(checkpoint: string): Promise<Scanner> {
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, locale: 'en-GB' },
    permissions: ['camera'],
  });
  const page = await context.newPage();
  await openScanner(page, site, db, event, checkpoint);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => caches.has('scanner'))).toBe(true);
  return { context, page };
}

/** Until the device knows of all passes there are: a reading that all devices share is a few seconds old at most. */
async function hasAll(page: Page): Promise<void> {
  const isNews = (response: Response) => response.url().includes('/v1/bundle?since=');
  await page.waitForResponse(isNews);
  await page.waitForResponse(isNews);
  await hasSome(page);
}

/** Until the device can decide by itself. */
async function hasSome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByText(/Yes, as of/).waitFor();
  await page.keyboard.press('Escape');
}

async function goOffline({ context, page }: Scanner): Promise<void> {
  await context.setOffline(true);
  await page.getByText('Alone: this device decides').waitFor();
}

async function newPass(policy: keyof typeof event.types = 'once') {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  assert(pass);
  return pass;
}

function scansOf(passId: bigint) {
  return db.$client<{ verdict: string; crossing: number | null }[]>`
    select verdict, crossing_no as crossing from scans where pass_id = ${String(passId)} order by verdict`;
}

/** A page of a member, on a laptop. */
async function openAs(role: 'manager' | 'control', path: string): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, locale: 'en-GB' },
  });
  await context.addCookies(await browserCookies(site.webUrl, role));
  const page = await context.newPage();
  await page.goto(site.webUrl + path);
  await started(page);
  return page;
}

test('D-30 to D-33, D-6: two devices alone, one ticket, two greens: one crossing, one conflict', async () => {
  const { token, passId } = await newPass();
  const wall = await openAs('control', `/control/${slug}`);
  const [north, south] = [await openReady('North gate'), await openReady('South gate')];
  for (const scanner of [north, south]) {
    await hasAll(scanner.page);
    await goOffline(scanner);
    await typeAsReader(scanner.page, token);
    await answer(scanner.page, 'admitted').waitFor();
    await scanner.page.getByText('1 waiting').waitFor();
  }

  // A dead battery, as far as a test can have one: all that was in memory is gone, and there is no network.
  await north.page.reload();
  await north.page.getByText('Alone: this device decides').waitFor();
  await north.page.getByText('1 waiting').waitFor();
  await typeAsReader(north.page, token);
  await answer(north.page, 'already_used').waitFor();
  await north.page.getByRole('button', { name: 'Next' }).click();
  await north.page.getByText('2 waiting').waitFor();

  await north.context.setOffline(false);
  await north.page.getByText('Connected').waitFor();
  await south.context.setOffline(false);
  await south.page.getByText('1 late answer').click();
  await south.page.getByRole('dialog').getByText('Let in twice').waitFor();

  const rows = await scansOf(passId);
  expect(rows.map(({ verdict }) => verdict)).toEqual(['admitted', 'admitted', 'already_used']);
  expect(rows.filter(({ crossing }) => crossing !== null)).toHaveLength(1);

  const alert = wall.getByRole('link', { name: '1 conflict: someone may have come in twice' });
  await alert.click();
  await wall.getByRole('heading', { name: 'Let in twice' }).waitFor();
  expect(await wall.getByRole('listitem').getByText('North gate').count()).toBe(1);
  expect(await wall.getByRole('listitem').getByText('South gate').count()).toBe(1);
});

test('D-10 a manager looks at a conflict, and it is no news any more', async () => {
  const page = await openAs('manager', `/admin/${slug}/conflicts`);
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('link', { name: 'Conflicts 1 not looked at' }).waitFor();
  await expectGoodLooks(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'I have looked at it' }).click();
  await page.getByText('Looked at by').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await sections.getByRole('link', { name: 'Conflicts', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Open the pass' }).click();
  await page.getByRole('heading', { name: 'Holder' }).waitFor();
});

test('D-32: a pass and a code that this device cannot know get neither green nor red', async () => {
  const scanner = await openReady('North gate');
  await hasAll(scanner.page);
  await goOffline(scanner);
  const sold = await newPass();
  const forged = `${sold.token.slice(0, -1)}${sold.token.endsWith('0') ? 1 : 0}`;
  for (const [code, verdict] of [
    [sold.token, 'offline_unknown'],
    [sold.barcode, 'offline_unknown'],
    [forged, 'bad_signature'],
  ] as const) {
    await scanner.page.getByRole('button', { name: 'Type' }).click();
    await scanner.page.getByLabel('Number or code on the ticket').fill(code);
    await scanner.page.getByRole('button', { name: 'Check', exact: true }).click();
    await answer(scanner.page, verdict).waitFor();
    await scanner.page.getByRole('button', { name: 'Next' }).click();
  }
});

test('D-30, D-8: a server that is silent is not waited for, and its late answer is no second fact', async () => {
  const { token, passId } = await newPass();
  const { page } = await openReady('North gate');
  await hasAll(page);
  const realtime = site.service('realtime').process;
  realtime.kill('SIGSTOP');
  try {
    await typeAsReader(page, token);
    await answer(page, 'admitted').waitFor();
    await page.getByText('Alone: this device decides').waitFor();
  } finally {
    realtime.kill('SIGCONT');
  }
  await page.getByText('Connected').waitFor();
  expect(await page.getByText('late answer').count()).toBe(0);
  expect(await scansOf(passId)).toMatchObject([{ verdict: 'admitted', crossing: 1 }]);
});

test('D-35: a revoked device loses what it knew of the event', async () => {
  const scanner = await openReady('North gate');
  await hasSome(scanner.page);
  const [device] = await db.$client<
    { id: string }[]
  >`select id from devices order by created_at desc limit 1`;
  await revokeDevice(db, BigInt(device?.id ?? 0), new Date());
  await scanner.page.getByText('This device was signed out').waitFor();
  const kept = await scanner.page.evaluate(async () => {
    const open = indexedDB.open('catraca-scanner');
    await new Promise((done) => (open.onsuccess = done));
    const pieces = open.result.transaction('pieces').objectStore('pieces').count();
    await new Promise((done) => (pieces.onsuccess = done));
    return pieces.result;
  });
  expect(kept).toBe(0);
});

test('D-31, D-33: a device whose storage was cleared gives no green that it cannot keep, and works again once it is paired', async () => {
  const { token, passId } = await newPass();
  const scanner = await openReady('North gate');
  const { context, page } = scanner;
  await hasSome(page);
  await goOffline(scanner);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(site.webUrl).origin;
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await typeAsReader(page, token);
  await page.getByText('There is no connection').waitFor();
  expect(await answer(page, 'admitted').count()).toBe(0);

  // It is nobody's device any more, and says so without a network too.
  await page.reload();
  await page.getByRole('textbox', { name: 'Pairing code' }).waitFor();
  await context.setOffline(false);
  await openScanner(page, site, db, event, 'North gate');
  await typeAsReader(page, token);
  await answer(page, 'admitted').waitFor();
  expect(await scansOf(passId)).toMatchObject([{ verdict: 'admitted', crossing: 1 }]);
});
