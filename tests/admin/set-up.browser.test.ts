/// <reference lib="dom" />
import { initSite } from '@catraca/db';
import { localDate, makeOrganization } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDeskStaff } from '@catraca/db/testing/desk';
import { testSigningKey } from '@catraca/db/testing/shop';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { started, testBrowser } from '../support/browser.ts';
import { look } from '../support/pictures.ts';
import { startSite } from '../support/site.ts';
import { answer, typeAsReader } from '../scan/scanner.ts';
import { browserCookies } from './staff.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
await makeDeskStaff(db, { organizationId: await makeOrganization(db, { name: 'Test' }) });
await testSigningKey(db, new Date());
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
afterAll(() => site.stop());
const browser = await testBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]);

const desktop = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' };
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-GB' };

/** What a person does with a mouse and a keyboard, counted. */
class Hands {
  clicks = 0;
  typed = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Of somebody who looks for three seconds before each click, and types two letters a second. */
  get minutes(): number {
    return (this.clicks * 3 + this.typed / 2) / 60;
  }

  async click(
    role: 'button' | 'link' | 'radio' | 'checkbox',
    name: string | RegExp,
  ): Promise<void> {
    this.clicks += 1;
    await this.page.getByRole(role, { name }).first().click();
  }

  async type(label: string | RegExp, text: string): Promise<void> {
    this.clicks += 1;
    this.typed += text.length;
    await this.page.getByLabel(label).first().fill(text);
  }
}

const [firstDate, secondDate] = [0, 1].map((days) => localDate(new Date(), 'UTC', days));

test('a new event, from nothing to a ticket that is sold and admitted, counted in clicks', async () => {
  const context = await browser.newContext(desktop);
  await context.addCookies(await browserCookies(site.webUrl, 'manager'));
  const page = await context.newPage();
  const hands = new Hands(page);
  await page.goto(`${site.webUrl}/admin`);
  await started(page);

  await hands.click('link', 'New event');
  await page.getByRole('heading', { name: 'New event' }).waitFor();
  await hands.click('button', 'Create event');
  await page.getByText('Give it a name.').waitFor();
  await hands.type('Name of the event', 'Festa do Porto');
  await page.getByText('/events/festa-do-porto is free').waitFor();
  await hands.type('Venue', 'Pavilhão');
  await hands.type('Time zone', 'UTC');
  await hands.type('Date', firstDate ?? '');
  // It is open whenever this test runs.
  await page.getByLabel('Opens').fill('00:00');
  await page.getByLabel('Closes').fill('00:00');
  await hands.click('button', 'Add a day');
  expect(await page.getByLabel('Date').nth(1).inputValue()).toBe(secondDate);
  await look(page, 'new-event');
  await hands.click('button', 'Create event');
  await page.getByRole('heading', { name: 'Festa do Porto' }).waitFor();
  await page.getByRole('heading', { name: 'Until it can be published' }).waitFor();
  await look(page, 'checklist');

  await hands.click('link', 'There is an area with an entrance');
  await hands.type('Name of the area', 'Hall');
  await hands.type('Name of its entrance', 'Gate A');
  await hands.click('button', 'Add area');
  await page.getByText('Gate A').waitFor();
  await look(page, 'settings');

  await hands.click('link', 'Ticket types');
  for (const [name, price, quantity] of [
    ['Day ticket', '25', '500'],
    ['Weekend', '40', '300'],
    ['Student', '12.50', '100'],
  ] as const) {
    await hands.click('link', 'New ticket type');
    await page.getByRole('heading', { name: 'New ticket type' }).waitFor();
    await hands.type('Name (English)', name);
    await hands.type('Price (EUR)', price);
    await hands.type('How many there are', quantity);
    if (name === 'Day ticket') {
      const cell = page.getByRole('combobox', { name: /^Hall/ }).nth(1);
      await cell.selectOption('Closed');
      await look(page, 'type');
    }
    await hands.click('button', 'Create');
    await page.getByRole('link', { name }).waitFor();
  }
  await page.getByRole('button', { name: 'Move Student up' }).click();
  await page.getByText('Student is now number 2.').waitFor({ state: 'attached' });
  await look(page, 'types');

  await hands.click('link', 'Overview');
  await page.getByText('It can be published.').waitFor();
  await hands.click('button', 'Publish');
  hands.clicks += 1;
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Publish/ })
    .click();
  await page.getByText('On sale').waitFor();
  // Without a manual in under fifteen minutes: a third of it is for the hands, the rest is for reading and deciding.
  expect(hands.clicks).toBeLessThanOrEqual(45);
  expect(hands.typed).toBeLessThanOrEqual(160);
  expect(hands.minutes).toBeLessThan(5);

  const code = await buy();
  await admit(code);
});

/** Buys a ticket as anybody does. @returns the code on it. */
async function buy(): Promise<string> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${site.webUrl}/events/festa-do-porto`);
  await started(page);
  const names = await page.locator('li[data-type] h3').allInnerTexts();
  expect(names).toEqual(['Day ticket', 'Student', 'Weekend']);
  await page.getByRole('button', { name: 'One more: Day ticket' }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await started(page);
  await page.getByLabel('Full name').fill('Ana Journey');
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Your tickets are here' }).waitFor();
  const rows = await db.$client<{ code: string }[]>`select code from media where kind = 'barcode'`;
  return rows[0]?.code ?? '';
}

/** Lets somebody in: a member makes their phone a scanner, and a reader types what is on the ticket. */
async function admit(code: string): Promise<void> {
  const context = await browser.newContext(phone);
  await context.addCookies(await browserCookies(site.webUrl, 'gate'));
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/scan`);
  await page.getByRole('button', { name: 'Use this device' }).click();
  await page.getByRole('radio', { name: 'Gate A' }).check();
  await page.getByRole('button', { name: 'Start scanning' }).click();
  await page.getByText('Connected').waitFor();
  await typeAsReader(page, code);
  await answer(page, 'admitted').getByText('Day ticket').waitFor();
}
