import { schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { look } from '../support/pictures.ts';
import { laptop, phone, testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, desk, site } = await openDesk();
await makeType(db, desk.eventId, {
  ...{ name: { en: 'Student' }, priceMinor: 1250, units: 40 },
});
const weekend = await makeType(db, desk.eventId, {
  ...{ name: { en: 'Weekend' }, priceMinor: 8000, units: 40 },
});
const cookies = await browserCookies(site.webUrl, 'manager');
const { browser } = await testScreens(cookies);

async function openAdmin(path: string): Promise<Page> {
  const context = await browser.newContext({ ...laptop, reducedMotion: 'reduce' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}${path}`);
  await started(page);
  return page;
}

async function openShop(): Promise<Page> {
  const context = await browser.newContext({ ...phone, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/events/${desk.eventSlug}`);
  await started(page);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const inShop = (page: Page, name: string) =>
  page.locator('li[data-type]').filter({ has: page.getByRole('heading', { name, exact: true }) });

async function enterCode(page: Page, code: string): Promise<void> {
  if (!(await page.getByLabel('Code').isVisible())) await page.getByText('I have a code').click();
  await page.getByLabel('Code').fill(code);
  await button(page, 'Use it').click();
}

/** Puts units of these types into the cart, and goes on to the checkout. */
async function take(page: Page, units: Record<string, number>): Promise<void> {
  for (const [name, count] of Object.entries(units)) {
    for (let unit = 0; unit < count; unit++) await button(page, `One more: ${name}`).click();
  }
  await button(page, 'Continue').click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await started(page);
}

async function pay(page: Page): Promise<void> {
  await page.getByLabel('Full name').fill('Ana Offer');
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Your tickets are here' }).waitFor();
}

test('an access code shows a hidden ticket to who types it, and to nobody else', async () => {
  const page = await openAdmin('/types');
  await page.getByRole('link', { name: 'Student' }).click();
  await page.getByLabel('Hidden: shown only').check();
  await button(page, 'Save').click();
  await page.getByText('Saved.').waitFor();

  await page.getByRole('link', { name: 'Codes' }).first().click();
  await page.getByText('No codes').waitFor();
  await look(page, 'codes-none');
  await button(page, 'New code').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Code', { exact: true }).fill('c a m p u s');
  await dialog.getByLabel('Note for yourselves').fill('For the university');
  await dialog.getByLabel('What it does').selectOption('Shows hidden tickets');
  await dialog.getByLabel('All tickets').uncheck();
  await button(page, 'Save').click();
  await dialog.getByText('Use 2 to 32 letters').waitFor();
  await dialog.getByText('Choose at least one.').waitFor();
  await look(page, 'code-wrong');
  // What was right is still there.
  expect(await dialog.getByLabel('Note for yourselves').inputValue()).toBe('For the university');
  await dialog.getByLabel('Code', { exact: true }).fill('campus');
  await dialog.getByLabel('Student').check();
  await button(page, 'Save').click();
  await page.getByText('CAMPUS').waitFor();

  const buyer = await openShop();
  expect(await buyer.locator('li[data-type] h3').allInnerTexts()).toEqual(['One day', 'Weekend']);
  await enterCode(buyer, 'nothing');
  await buyer.getByText('not valid for this event').waitFor();
  await enterCode(buyer, 'campus');
  await inShop(buyer, 'Student').getByText('€12.50').waitFor();
  await take(buyer, { Student: 1 });
  await pay(buyer);
  const other = await openShop();
  await inShop(other, 'Weekend').waitFor();
  expect(await inShop(other, 'Student').count()).toBe(0);
});

test('a voucher makes a ticket cheaper as often as it says, and the shop says when it is used up', async () => {
  const page = await openAdmin('/codes');
  const dialog = page.getByRole('dialog');
  await button(page, 'New code').click();
  await dialog.getByLabel('Code', { exact: true }).fill('early');
  await dialog.getByLabel('Percent').fill('120');
  await dialog.getByLabel('How many tickets').fill('none');
  await button(page, 'Save').click();
  await dialog.getByText('Write a whole number from 1 to 100.').waitFor();
  await dialog.getByText(/whole number from 1 to 1,?000,?000/).waitFor();
  expect(await dialog.getByLabel('Percent').inputValue()).toBe('120');
  await dialog.getByLabel('Percent').fill('20');
  await dialog.getByLabel('How many tickets').fill('2');
  await button(page, 'Save').click();
  await page.getByText('used 0 of 2').waitFor();
  await look(page, 'codes');

  const buyer = await openShop();
  await enterCode(buyer, 'EARLY');
  const row = inShop(buyer, 'Weekend');
  await row.getByText('€64.00').waitFor();
  await row.getByText('€80.00').waitFor();
  await look(buyer, 'code-in-shop');
  await take(buyer, { Weekend: 2 });
  await buyer.getByText('Code EARLY: −€32.00').waitFor();
  await look(buyer, 'code-in-checkout');
  await pay(buyer);
  const orders = await db.select().from(schema.orders);
  expect(orders.map(({ totalMinor }) => totalMinor)).toContain(12_800);

  const late = await openShop();
  await enterCode(late, 'early');
  await late.getByText('This code has been used up.').waitFor();
  await page.reload();
  await started(page);
  await page.getByText('used 2 of 2').waitFor();
  // Fewer than it was used for is said beside the field, by the server.
  await button(page, 'Edit: EARLY').click();
  await dialog.getByLabel('How many tickets').fill('1');
  await button(page, 'Save').click();
  await dialog.getByText('2 were bought with it already').waitFor();
  expect(await dialog.getByLabel('How many tickets').getAttribute('aria-invalid')).toBe('true');
  await dialog.getByLabel('How many tickets').fill('');
  await dialog.getByLabel('Switched off').check();
  await button(page, 'Save').click();
  await dialog.waitFor({ state: 'hidden' });
  await enterCode(late, 'early');
  await late.getByText('not valid for this event').waitFor();
});

test('two types that share a capacity sell out together', async () => {
  const page = await openAdmin('/types');
  const dialog = page.getByRole('dialog');
  await button(page, 'New shared capacity').click();
  await dialog.getByLabel('One day').check();
  await dialog.getByLabel('Weekend').check();
  await button(page, 'Save').click();
  await dialog.getByText('Give it a name.').waitFor();
  await dialog.getByLabel('Name of the capacity').fill('Places in the hall');
  // One day was sold to Bia Buyer, and two weekends in the test before.
  await dialog.getByLabel('Units in all').fill('2');
  await button(page, 'Save').click();
  await dialog.getByText('3 are sold or being bought.').waitFor();
  await look(page, 'pool-wrong');
  expect(await dialog.getByLabel('Name of the capacity').inputValue()).toBe('Places in the hall');
  await dialog.getByLabel('Units in all').fill('5');
  await button(page, 'Save').click();
  await page.getByText('3 of 5 sold').waitFor();
  await page.getByText('One day · Weekend').waitFor();
  await look(page, 'types-with-pool');

  const buyer = await openShop();
  const other = await openShop();
  await take(buyer, { 'One day': 1, Weekend: 1 });
  for (const name of ['One day', 'Weekend']) {
    await inShop(other, name).getByText('Sold out for now').waitFor();
  }
  await pay(buyer);
  for (const name of ['One day', 'Weekend']) {
    await inShop(other, name).getByText('Sold out', { exact: true }).waitFor();
  }
  const [pool] = await db.select().from(schema.stockPools);
  expect(pool).toMatchObject({ held: 0, sold: 5, quantity: 5 });

  // Without it, each of them has its own number again.
  await page.reload();
  await started(page);
  await button(page, 'Edit: Places in the hall').click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText('Remove Places in the hall?').waitFor();
  await look(page, 'pool-remove');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await button(page, 'Edit: Places in the hall').waitFor({ state: 'detached' });
  await button(other, 'One more: Weekend').waitFor();
  const rows = await db.select().from(schema.stock);
  expect(rows.find(({ typeId }) => typeId === weekend.id)).toMatchObject({ poolId: null, sold: 3 });
});

test('two people edit one code: the later one is told, and chooses', async () => {
  const code = { eventId: desk.eventId, code: 'FRIENDS', kind: 'percent' as const, value: 10 };
  await db.insert(schema.vouchers).values(code);
  const [mine, theirs] = [await openAdmin('/codes'), await openAdmin('/codes')];
  for (const page of [mine, theirs]) await button(page, 'Edit: FRIENDS').click();
  await theirs.getByRole('dialog').getByLabel('Percent').fill('15');
  await button(theirs, 'Save').click();
  await theirs.getByText('−15 %').waitFor();
  const dialog = mine.getByRole('dialog');
  await dialog.getByLabel('Percent').fill('30');
  await button(mine, 'Save').click();
  await dialog.getByText('Murilo Trapiche changed this').waitFor();
  expect(await dialog.getByLabel('Percent').inputValue()).toBe('30');
  await look(mine, 'code-meanwhile');
  await button(mine, 'Load theirs').click();
  await expect.poll(() => dialog.getByLabel('Percent').inputValue()).toBe('15');
  await dialog.getByLabel('Percent').fill('30');
  await button(mine, 'Save').click();
  await mine.getByText('−30 %').waitFor();
});
