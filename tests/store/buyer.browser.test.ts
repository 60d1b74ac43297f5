import { releaseHold, schema } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import type { Page } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { started, testBrowser } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { holdForOther, makeShop, openEvent, openShop, tabTo } from './shop.ts';

const { db, url } = await testDatabase();
await openShop(db);
const site = await startSite({ databaseUrl: url, services: ['web'] });
afterAll(() => site.stop());
const browser = await testBrowser();

/** A buyer of their own: a browser that shares no cookie with another. */
async function newBuyer(): Promise<Page> {
  return browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
}

const more = (page: Page, name: string) => page.getByRole('button', { name: `One more: ${name}` });
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
const clock = (page: Page) => page.getByRole('timer').first();

async function secondsLeft(page: Page): Promise<number> {
  const [minutes = '', seconds = ''] = (await clock(page).innerText()).split(':');
  return Number(minutes) * 60 + Number(seconds);
}

/** What a buyer's browser knows of the hold's secret, beside the cookie. */
async function holdCookie(page: Page) {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === 'catraca_hold');
}

/** Lets the buyer's time run out so many milliseconds from now. */
async function endHoldsIn(ms: number): Promise<void> {
  await db.update(schema.holds).set({ expiresAt: new Date(Date.now() + ms) });
}

async function checkOut(page: Page): Promise<void> {
  await goOn(page);
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
}

test('tickets and a seat are chosen, held and paid with the keyboard alone', async () => {
  const page = await newBuyer();
  await openEvent(page, site.webUrl, await makeShop(db));
  await tabTo(page, 'One more: Day ticket');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await tabTo(page, 'Choose seats');
  await page.keyboard.press('Enter');

  const said = page.getByTestId('seat-announcement');
  await tabTo(page, 'Choose seats');
  expect(await said.innerText()).toBe('Stalls, row A, seat 1, free, €40.00');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await said.innerText()).toBe('Stalls, row B, seat 2, free, €40.00');
  await page.keyboard.press('Enter');
  expect(await said.innerText()).toBe('Stalls, row B, seat 2, your choice, €40.00');
  await tabTo(page, 'Done');
  await page.keyboard.press('Enter');

  await tabTo(page, 'Continue');
  expect(await page.getByRole('region', { name: 'Your choice' }).innerText()).toContain('€83.00');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await tabTo(page, 'Full name');
  await page.keyboard.type('Ana Keys');
  await tabTo(page, 'E-mail');
  await page.keyboard.type('ana@example.com');
  await tabTo(page, 'Pay');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/orders/**');
});

describe('the countdown', () => {
  test('goes on over a reload, and no script can read whose hold it is', async () => {
    const page = await newBuyer();
    await openEvent(page, site.webUrl, await makeShop(db));
    await more(page, 'Day ticket').click();
    await checkOut(page);
    const before = await secondsLeft(page);
    expect(before).toBeGreaterThan(540);
    await expect.poll(() => secondsLeft(page), { timeout: 10_000 }).toBeLessThan(before);
    const last = await secondsLeft(page);
    await page.reload();
    expect(await secondsLeft(page)).toBeLessThanOrEqual(last);

    const cookie = await holdCookie(page);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(page.url()).not.toContain(cookie?.value);
    expect(await page.content()).not.toContain(cookie?.value);
  });

  test('that ends in checkout says what to do, keeps what was typed, and holds again', async () => {
    const page = await newBuyer();
    await openEvent(page, site.webUrl, await makeShop(db));
    await more(page, 'Day ticket').click();
    await checkOut(page);
    await page.getByLabel('Full name').fill('Ana Slow');
    await endHoldsIn(2_500);
    await page.reload();
    await started(page);
    await page.getByText('The time is over: your tickets are on sale again').waitFor();
    expect(await page.getByLabel('Full name').inputValue()).toBe('Ana Slow');
    expect(await page.getByRole('button', { name: 'Pay' }).isDisabled()).toBe(true);

    await page.getByRole('button', { name: 'Hold them again' }).click();
    await clock(page).waitFor();
    expect(await secondsLeft(page)).toBeGreaterThan(540);
    expect(await page.getByRole('button', { name: 'Pay' }).isEnabled()).toBe(true);
    expect(await page.getByLabel('Full name').inputValue()).toBe('Ana Slow');
  });

  test('that ends while somebody else waits gives the tickets to them', async () => {
    const page = await newBuyer();
    const shop = await makeShop(db);
    await openEvent(page, site.webUrl, shop);
    for (let i = 0; i < 3; i++) await more(page, 'Rare ticket').click();
    await checkOut(page);
    await endHoldsIn(0);
    await holdForOther(db, shop, [{ typeId: shop.rare.id, quantity: 1 }]);
    await page.reload();
    await started(page);
    await page.getByRole('button', { name: 'Hold them again' }).click();
    await page.getByText('Somebody else took some of them meanwhile').waitFor();
    await page.getByRole('link', { name: 'Choose again' }).click();
    await page.waitForURL(`**/events/${shop.event.slug}`);
    const row = page.locator(`[data-type="${shop.rare.no}"]`);
    await row.getByText('Only 2 are left, so we lowered your choice.').waitFor();
  });
});

describe('somebody else buys meanwhile', () => {
  test('what is left is told without a reload, and the choice shrinks to it', async () => {
    const page = await newBuyer();
    const shop = await makeShop(db);
    await openEvent(page, site.webUrl, shop);
    const row = page.locator(`[data-type="${shop.rare.no}"]`);
    await row.getByText('3 left').waitFor();
    for (let i = 0; i < 3; i++) await more(page, 'Rare ticket').click();
    await holdForOther(db, shop, [{ typeId: shop.rare.id, quantity: 2 }]);
    await row.getByText('Only 1 is left, so we lowered your choice.').waitFor();
    expect(await row.getByRole('status').last().innerText()).toBe('1');
  });

  test('a seat is taken in the open hall, and given back', async () => {
    const page = await newBuyer();
    const shop = await makeShop(db);
    const [seatId = 0n] = shop.seated.seatIds;
    await openEvent(page, site.webUrl, shop);
    await page.getByRole('button', { name: 'Choose seats' }).click();
    await page.getByRole('button', { name: 'As a list' }).click();
    const seat = (state: string) =>
      page.getByRole('button', { name: new RegExp(`^Stalls, row A, seat 1, ${state}`) });
    await seat('free').click();
    const held = await holdForOther(db, shop, [{ typeId: shop.seated.id, seatIds: [seatId] }]);
    await page.getByText('Somebody else just took Stalls, row A, seat 1').waitFor();
    await seat('').waitFor();
    await releaseHold(db, held.publicId);
    await seat('free').waitFor();
  });

  test('sold out between choosing and going on: told, and nothing else is lost', async () => {
    const page = await newBuyer();
    // The news does not come in time.
    await page.route('**/availability', (route) => route.abort());
    const shop = await makeShop(db);
    await openEvent(page, site.webUrl, shop);
    await more(page, 'Day ticket').click();
    await more(page, 'Rare ticket').click();
    await holdForOther(db, shop, [{ typeId: shop.rare.id, quantity: 3 }]);
    await goOn(page);
    const alert = page.getByRole('alert').filter({ hasText: 'Rare ticket: sold out' });
    await alert.waitFor();
    expect(await holdCookie(page)).toBeUndefined();
    await goOn(page);
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: '1 × ' }).allInnerTexts()).toEqual([
      expect.stringContaining('Day ticket'),
    ]);
  });

  test('two buyers on the same last seat: one has it, the other is told which and keeps the rest', async () => {
    const shop = await makeShop(db);
    for (const seatIds of [shop.seated.seatIds.slice(1, 6), shop.seated.seatIds.slice(6)]) {
      await holdForOther(db, shop, [{ typeId: shop.seated.id, seatIds }]);
    }
    const pages = [await newBuyer(), await newBuyer()];
    for (const page of pages) {
      await openEvent(page, site.webUrl, shop);
      await page.getByRole('button', { name: 'Choose seats' }).click();
      await page.getByRole('button', { name: 'As a list' }).click();
      await page.getByRole('button', { name: /^Stalls, row A, seat 1, free/ }).click();
      await page.getByRole('button', { name: 'Done' }).click();
      await more(page, 'Day ticket').click();
    }
    const [first, second] = pages as [Page, Page];
    await checkOut(first);
    await goOn(second);
    await second.getByText('Somebody else just took Stalls, row A, seat 1').waitFor();
    await checkOut(second);
    expect(await second.getByRole('listitem').filter({ hasText: '1 × ' }).count()).toBe(1);
    expect(await first.getByText('Stalls, row A, seat 1').first().isVisible()).toBe(true);
  });
});

test('a cart can be changed and emptied, and another event asks before it takes its place', async () => {
  const page = await newBuyer();
  const [shop, other] = [await makeShop(db, 'First event'), await makeShop(db, 'Second event')];
  await openEvent(page, site.webUrl, shop);
  await more(page, 'Day ticket').click();
  await checkOut(page);
  await page.getByRole('link', { name: 'Change tickets' }).click();
  await more(page, 'Day ticket').click();
  await page.getByRole('button', { name: 'Update and go on' }).click();
  await page.getByText('2 × Day ticket').waitFor();

  await openEvent(page, site.webUrl, other);
  await more(page, 'Day ticket').click();
  await goOn(page);
  await page.getByText('You still hold tickets for First event').waitFor();
  await page.getByRole('button', { name: 'Let those go' }).click();
  await page.getByRole('heading', { name: 'Second event' }).waitFor();

  await page.getByRole('link', { name: 'Change tickets' }).click();
  await page.getByRole('button', { name: 'One less: Day ticket' }).click();
  await page.getByRole('button', { name: 'Let the hold go' }).click();
  await page.getByRole('region', { name: 'Your choice' }).getByRole('button').waitFor({
    state: 'detached',
  });
  expect(await holdCookie(page)).toBeUndefined();
});

test('checkout names each field that needs another look, and offers the address that was meant', async () => {
  const page = await newBuyer();
  await openEvent(page, site.webUrl, await makeShop(db));
  await more(page, 'Day ticket').click();
  await more(page, 'Day ticket').click();
  await checkOut(page);
  await page.getByRole('checkbox').nth(1).uncheck();
  await page.getByLabel('E-mail').fill('ana@gmial.com');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByText('2 fields need another look').waitFor();
  expect(await page.getByLabel('Full name').evaluate((field) => field.matches(':focus'))).toBe(
    true,
  );
  expect(await page.getByLabel('Full name').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Name on the ticket').getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('button', { name: 'Did you mean ana@gmail.com?' }).click();
  expect(await page.getByLabel('E-mail').inputValue()).toBe('ana@gmail.com');
});
