/// <reference lib="dom" />
import { schema } from '@catraca/db';
import { readQr } from '@catraca/documents/testing';
import { beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { started, testBrowser } from '../support/browser.ts';
import { watchComplaints } from '../support/complaints.ts';
import { openDesk } from './desk.ts';
import { browserCookies, signIn } from './staff.ts';

const { db, desk, site } = await openDesk();
const browser = await testBrowser();

const base = `${site.webUrl}/admin/${desk.eventSlug}`;
const cookies = await browserCookies(site.webUrl, 'owner');
let page: Page;
const complaints = watchComplaints();

beforeEach(async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addCookies(cookies);
  page = await context.newPage();
  complaints.of(page);
});

const passRow = async () =>
  (await db.select().from(schema.passes)).find(({ id }) => id === desk.passId);

test('a pass is found from the keyboard, gets new codes, and is revoked with a reason', async () => {
  await page.goto(`${base}/passes`);
  await started(page);
  await page.keyboard.press('/');
  await page.keyboard.type('zzz');
  await page.getByText('Nothing found').waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('bía');
  await page.getByText('1 in all').waitFor();
  await page.getByRole('link', { name: 'Bia Buyer' }).click();
  await page.getByRole('heading', { name: 'Bia Buyer' }).waitFor();
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText('Sold').waitFor();

  await page.getByRole('button', { name: 'Renew codes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The old ones stop working at once').waitFor();
  await dialog.getByLabel('Reason').fill('lost phone');
  await dialog.getByRole('button', { name: 'Renew codes' }).click();
  await history.getByText('Reason: lost phone').waitFor();

  await page.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText('opens no gate').waitFor();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText('Say why').waitFor();
  expect((await passRow())?.status).toBe('valid');
  await dialog.getByLabel('Reason').fill('card was stolen');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await history.getByText('Reason: card was stolen').waitFor();
  await history.getByText('By Olívia Farol').first().waitFor();
  expect((await passRow())?.status).toBe('revoked');
  expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(0);
  const media = await db.select().from(schema.media);
  expect(media.map(({ no, state }) => `${no} ${state}`).toSorted()).toEqual([
    ...['1 dead', '2 dead', '5 active', '6 active'],
  ]);
});

test('a device is paired with the code on the screen, once, and is revoked', async () => {
  await page.goto(`${base}/devices`);
  await started(page);
  await page.getByRole('button', { name: 'Pair a device' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the device').fill('North gate 3');
  await dialog.getByLabel('Only at some checkpoints').check();
  await dialog.getByRole('button', { name: 'Make a code' }).click();
  await dialog.getByText('Choose at least one checkpoint.').waitFor();
  await dialog.getByLabel('Main gate').check();
  await dialog.getByRole('button', { name: 'Make a code' }).click();
  await dialog.getByText(/Works once, for [12]:\d\d more/).waitFor();

  const shown = await dialog.getByTestId('pairing-code').innerText();
  const picture = await dialog.getByRole('img').screenshot();
  expect(await readQr(picture)).toBe(shown);
  const phone = await browser.newPage({ locale: 'en-GB' });
  await phone.goto(`${site.webUrl}/scan`);
  await phone
    .getByRole('textbox', { name: 'Pairing code' })
    .fill(shown.toLowerCase().replaceAll('-', ' '));
  await phone.getByRole('button', { name: 'Pair this device' }).click();
  await dialog.getByText('North gate 3 is paired').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const second = await browser.newPage({ locale: 'en-GB' });
  await second.goto(`${site.webUrl}/scan`);
  await second.getByRole('textbox', { name: 'Pairing code' }).fill(shown);
  const answer = second.waitForResponse((response) => response.url().includes('/trpc/'));
  await second.getByRole('button', { name: 'Pair this device' }).click();
  expect(await (await answer).text()).toContain('pairing_code_used');

  const device = page.getByRole('listitem').filter({ hasText: 'North gate 3' });
  await device.getByText('Main gate').waitFor();
  await device.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText('signed out at once').waitFor();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await device.getByText('Revoked', { exact: true }).waitFor();
  const devices = await db.select().from(schema.devices);
  const row = devices.find(({ name }) => name === 'North gate 3');
  expect(row).toMatchObject({ state: 'revoked', checkpointIds: [desk.checkpointId] });
});

test('an order is found by Ctrl-K, and its mail is sent again', async () => {
  await db.update(schema.mailOutbox).set({ state: 'sent', sentAt: new Date() });
  await page.goto(base);
  await started(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(desk.orderReference.slice(0, 6));
  await page.getByRole('option', { name: desk.orderReference }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: desk.orderReference }).waitFor();
  await page.getByText('bia@example.com').waitFor();

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('On its way').waitFor();
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('already on its way').waitFor();
  expect((await db.select().from(schema.mailOutbox)).map(({ state }) => state)).toEqual([
    ...['sent', 'queued'],
  ]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const link = await page.getByRole('link', { name: 'Buyer’s page' }).getAttribute('href');
  expect(link).toContain(`/orders/${desk.orderPublicId}?key=`);
  complaints.wereMeant('409');
});

test('a checkpoint is closed and renamed', async () => {
  await page.goto(`${base}/checkpoints`);
  await started(page);
  await page.getByRole('switch', { name: 'Main gate is open' }).click();
  await page.getByText('Closed', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Rename Main gate' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('South gate');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('switch', { name: 'South gate is open' }).waitFor();
  const [row] = await db.select().from(schema.checkpoints);
  expect(row).toMatchObject({ name: 'South gate', open: false });
});

test('sales are closed and reopened, after it was said what that does', async () => {
  await page.goto(`${site.webUrl}/admin`);
  await started(page);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Close sales' }).click();
  await dialog.getByText('Tickets already sold stay valid').waitFor();
  await dialog.getByRole('button', { name: 'Close sales' }).click();
  await page.getByText('Sales closed').waitFor();
  // The page is shared, and half a second old at most.
  const shopWindow = async () => (await fetch(site.webUrl)).text();
  await expect.poll(shopWindow).not.toContain(desk.eventSlug);
  await page.getByRole('button', { name: 'Reopen sales' }).click();
  await dialog.getByRole('button', { name: 'Reopen sales' }).click();
  await page.getByText('On sale').waitFor();
  await expect.poll(shopWindow).toContain(desk.eventSlug);
});

test('the overview asks again by itself, and says when it has no answer', async () => {
  await page.clock.install();
  await page.goto(base);
  const inside = page.locator('dl > div').filter({ hasText: 'Inside now' });
  await inside.getByText('0', { exact: true }).waitFor();
  await db.update(schema.areaCounters).set({ people: 42 });
  await page.clock.fastForward(11_000);
  await inside.getByText('42', { exact: true }).waitFor();

  await page.route('**/trpc/**', (route) => route.abort());
  await page.clock.fastForward(11_000);
  await page.getByText('These figures are of').waitFor();
  await page.unroute('**/trpc/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('These figures are of').waitFor({ state: 'detached' });
  complaints.wereMeant('ERR_FAILED');
});

test('a list that cannot be asked says so, keeps its rows, and can be tried again', async () => {
  await page.goto(`${base}/orders`);
  await started(page);
  await page.route('**/trpc/**', (route) => route.abort());
  await page.getByRole('searchbox').fill('bia');
  await page.getByText('The list could not be updated').waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
  await page.unroute('**/trpc/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The list could not be updated').waitFor({ state: 'detached' });
  complaints.wereMeant('ERR_FAILED');
});

test('a session that ended on the way leads to sign-in and back', async () => {
  await page.goto(base);
  await started(page);
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Checkpoints' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, 'owner');
  expect(page.url()).toBe(`${base}/checkpoints`);
  complaints.wereMeant('401');
});
