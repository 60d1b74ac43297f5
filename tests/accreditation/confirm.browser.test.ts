/// <reference lib="dom" />
import { grantCredential } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testSigningKey } from '@catraca/db/testing/shop';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openDesk } from '../admin/desk.ts';
import { browserCookies } from '../admin/staff.ts';
import { started, testBrowser } from '../support/browser.ts';
import { look, lookAtDialog } from './look.ts';
import { linkIn, mailsTo, mailTo } from './mails.ts';

const { db, desk, site } = await openDesk();
await site.start('worker');
const browser = await testBrowser();
const base = `${site.webUrl}/admin/${desk.eventSlug}`;
const holders = { ana: 'ana@holder.example', rui: 'rui@holder.example' };
const press = await makeType(db, desk.eventId, { kind: 'credential', name: { en: 'Press' } });
await accredit('Ana Prado', holders.ana);
await accredit('Rui Vale', holders.rui);
await accredit('Nobody Reaches', null);

async function accredit(name: string, email: string | null): Promise<void> {
  const now = new Date();
  const request = { typeId: press.id, holder: { name, email }, personKey: null };
  const granted = await grantCredential(db, request, await testSigningKey(db, now), now);
  if (!granted.ok) throw new Error(granted.code);
}

async function openAs(role: 'manager' | null, address: string): Promise<Page> {
  const viewport = role ? { width: 1440, height: 900 } : { width: 390, height: 844 };
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  if (role) await context.addCookies(await browserCookies(site.webUrl, role));
  const page = await context.newPage();
  await page.goto(address);
  await started(page);
  return page;
}

const asked = (to: string) => mailTo(site.mailboxDir, { to, subject: 'Please confirm' });

/** Of those mails to an address that ask to confirm. */
async function timesAsked(to: string): Promise<number> {
  const mails = await mailsTo(site.mailboxDir, to);
  return mails.filter(({ text }) => text?.includes('/confirm')).length;
}

test('N-1: a round is set up, everybody is asked once, and who has no address is named', async () => {
  const page = await openAs('manager', `${base}/confirmations`);
  await look(page, 'round-empty');
  await page.getByLabel('From').fill('2020-01-01T08:00');
  await page.getByLabel('Until').fill('2019-01-01T08:00');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page
    .getByRole('textbox', { name: /^Question/ })
    .first()
    .fill('Which meal?');
  await page.getByLabel('Answer', { exact: true }).selectOption('choice');
  await page.getByLabel('Must be answered').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write where and when to come.').waitFor();
  await look(page, 'round-wrong');
  await page.getByLabel('Until').fill('2099-01-01T08:00');
  await page
    .getByRole('textbox', { name: /^Where and when/ })
    .first()
    .fill('North gate, from nine.\nBring a document with a photo.');
  await page.getByLabel('Choices, one a line').fill('With meat\nWithout meat');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Ask everybody' }).click();
  await lookAtDialog(page, 'ask');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Write to/ })
    .click();
  await page.locator('[data-job="done"]').waitFor();
  await page.getByText('Nobody Reaches').first().waitFor();
  await look(page, 'round-asked');
  await asked(holders.rui);
});

test('N-2: a holder puts the name right once, answers, and may answer again', async () => {
  const page = await openAs(null, linkIn(await asked(holders.ana), '/confirm'));
  await page.getByText('North gate, from nine.').waitFor();
  await look(page, 'holder-asked');
  await page.getByLabel('The name is misspelt').check();
  await page.getByLabel('Name as on your document').fill('');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Please answer this.').waitFor();
  await look(page, 'holder-wrong');
  await page.getByLabel('Name as on your document').fill('Ana Clara Prado');
  await page.getByLabel('Which meal?').selectOption('Without meat');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Confirmed. See you there!').waitFor();
  await look(page, 'holder-confirmed');

  await page.getByRole('button', { name: 'Change my answers' }).click();
  expect(await page.getByLabel('The name is misspelt').count()).toBe(0);
  await page.getByLabel('Which meal?').selectOption('With meat');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Confirmed. See you there!').waitFor();
});

test('N-1: the organizer sees who confirmed, and reminds the rest alone', async () => {
  const page = await openAs('manager', `${base}/confirmations`);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('confirmed');
  await page.getByText('Which meal?: With meat').waitFor();
  await page.getByRole('link', { name: 'Ana Clara Prado' }).waitFor();
  const nobody = page.getByRole('link', { name: 'Nobody Reaches' });
  await nobody.waitFor({ state: 'detached' });

  // An answer that comes when something else is wished for is dropped.
  const held = Promise.withResolvers<true>();
  await page.route(/confirmation\.list.*no_email/, async (route) => {
    await held.promise;
    await route.continue();
  });
  const late = page.waitForResponse(/confirmation\.list.*no_email/);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('no_email');
  await page.getByRole('combobox', { name: 'Show' }).selectOption('waiting');
  await page.getByRole('link', { name: 'Rui Vale' }).waitFor();
  held.resolve(true);
  await (await late).finished();
  await page.evaluate(
    () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))),
  );
  expect(await nobody.count()).toBe(0);
  await look(page, 'round-waiting');
  await page.getByRole('button', { name: 'Remind the rest' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Write to/ })
    .click();
  await expect.poll(() => timesAsked(holders.rui), { timeout: 20_000 }).toBe(2);
  expect(await timesAsked(holders.ana)).toBe(1);
});
