import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callPlaces, closeWaitingRoom, setWaitingRoom } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { signIn } from '../admin/staff.ts';
import { launchOptions, started, testBrowser } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { laptop, phone } from '../support/screens.ts';
import { startSite } from '../support/site.ts';
import { makeShop, openShop, type Shop } from './shop.ts';

const { db, url } = await testDatabase();
await openShop(db);
const desk = await makeDesk(db);
await makeDeskStaff(db, desk);
// No worker: the test lets the rooms move on, when it wants them to.
const site = await startSite({ databaseUrl: url, services: ['web'] });
afterAll(() => site.stop());
const browser = await testBrowser();

const hourMs = 3_600_000;

const settings = { perMinuteMax: 600, shoppersMax: 1, turnSeconds: 600 };

/** A shop whose waiting room opens in an hour, for one shopper at a time. */
async function makeQueue(): Promise<Shop> {
  const shop = await makeShop(db);
  const opensAt = new Date(Date.now() + hourMs);
  await setWaitingRoom(db, shop.event.id, { opensAt, ...settings });
  return shop;
}

/** The time has come: the draw is held, and the first one is called. */
async function open({ event }: Shop): Promise<void> {
  await setWaitingRoom(db, event.id, { opensAt: new Date(), ...settings });
  await callPlaces(db, new Date());
}

const queueOf = ({ event }: Shop) => `${site.webUrl}/events/${event.slug}/queue`;
const shopOf = ({ event }: Shop) => `${site.webUrl}/events/${event.slug}`;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

async function joinedPage(shop: Shop, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await browser.newContext(phone))).newPage();
  await page.goto(queueOf(shop));
  await heading(page, 'You are in').waitFor();
  return page;
}

/** Lets the rooms move on until this page is called. */
async function untilCalled(page: Page): Promise<void> {
  const isCalled = async () => {
    await callPlaces(db, new Date());
    return heading(page, 'It is your turn').isVisible();
  };
  await expect.poll(isCalled, { timeout: 20_000 }).toBe(true);
}

/** The number a page shows of its own place. */
async function numberOn(page: Page): Promise<number> {
  const text = await page.getByText(/^Your number: \d+$/).innerText();
  return Number(/\d+$/.exec(text)?.[0]);
}

/** Pages in the order in which the draw put them: the one that was called, then those that wait. */
async function inOrder(pages: Page[]): Promise<Page[]> {
  const numbered = await Promise.all(
    pages.map(async (page) => {
      await heading(page, /It is your turn|You are next|before you/).waitFor();
      const isCalled = await heading(page, 'It is your turn').isVisible();
      return { page, no: isCalled ? 1 : await numberOn(page) };
    }),
  );
  return numbered.toSorted((a, b) => a.no - b.no).map(({ page }) => page);
}

async function chooseAndGoOn(page: Page): Promise<void> {
  await started(page);
  await page.getByRole('button', { name: 'One more: Day ticket' }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

test('W-1 W-2 W-10 W-13 three wait, the draw decides, one goes in and buys, the next one is called', async () => {
  const shop = await makeQueue();
  const pages: Page[] = [];
  for (let person = 0; person < 3; person++) {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(shopOf(shop));
    await page.getByText(/^Ticket sales open/).waitFor();
    // Before the opening the button that reserves leads to the waiting room.
    await chooseAndGoOn(page);
    await page.waitForURL('**/queue');
    await heading(page, 'You are in').waitFor();
    expect(await page.getByRole('timer').innerText()).toMatch(/^(59|1:00):\d\d/);
    pages.push(page);
  }
  await open(shop);
  const [first, second, third] = await inOrder(pages);
  if (!first || !second || !third) throw new Error('three pages wait');
  await heading(second, 'You are next').waitFor();
  await heading(third, /1\s*person is before you/).waitFor();
  expect(await first.title()).toContain('It is your turn');

  await first.getByRole('button', { name: 'Go in' }).click();
  await first.waitForURL(shopOf(shop));
  expect(await first.getByTestId('turn').getByRole('timer').innerText()).toMatch(/^(9|10):\d\d$/);
  await chooseAndGoOn(first);
  await heading(first, 'Checkout').waitFor();
  await first.getByLabel('Full name').fill('Ana Fila');
  await first.getByLabel('E-mail').fill('ana@example.com');
  await first.getByRole('button', { name: 'Pay' }).click();
  await first.waitForURL('**/orders/**');

  await callPlaces(db, new Date());
  await heading(second, 'It is your turn').waitFor();
  await heading(third, 'You are next').waitFor();
  await first.goto(queueOf(shop));
  await heading(first, 'You have your tickets').waitFor();
});

test('W-4 a reload, a second tab and a browser that was closed keep the place', async () => {
  const shop = await makeQueue();
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-browser-'));
  const options = { ...phone, ...launchOptions() };
  let context = await chromium.launchPersistentContext(folder, options);
  try {
    const page = await joinedPage(shop, context);
    for (let other = 0; other < 3; other++) await joinedPage(shop);
    // All are of one network: its first place has the first number, and is called.
    await open(shop);
    await heading(page, 'It is your turn').waitFor();
    await page.reload();
    await heading(page, 'It is your turn').waitFor();
    const tab = await context.newPage();
    await tab.goto(queueOf(shop));
    await heading(tab, 'It is your turn').waitFor();
    await context.close();
    context = await chromium.launchPersistentContext(folder, options);
    const back = await context.newPage();
    await back.goto(queueOf(shop));
    await heading(back, 'It is your turn').waitFor();
    await back.getByRole('button', { name: 'Go in' }).click();
    await back.waitForURL(shopOf(shop));
    await back.getByTestId('turn').waitFor();
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('W-11 a copied cookie without the key buys nothing', async () => {
  const shop = await makeQueue();
  const page = await joinedPage(shop);
  await open(shop);
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByTestId('turn').waitFor();
  const thieves = await browser.newContext(phone);
  await thieves.addCookies(await page.context().cookies());
  const thief = await thieves.newPage();
  await thief.goto(shopOf(shop));
  await thief.getByTestId('turn').waitFor();
  await chooseAndGoOn(thief);
  // It is sent to wait like everybody, with a place of its own.
  await thief.waitForURL('**/queue');
  await heading(thief, 'You are next').waitFor();
  expect(await numberOn(thief)).toBe(2);
  const held = await db.$client`select id from holds where event_id = ${String(shop.event.id)}`;
  expect(held).toHaveLength(0);
  await chooseAndGoOn(page);
  await heading(page, 'Checkout').waitFor();
});

test('W-8 who lets the turn pass is told so, and may wait again at the end', async () => {
  const shop = await makeQueue();
  const page = await joinedPage(shop);
  await open(shop);
  await heading(page, 'It is your turn').waitFor();
  // Five minutes later, as far as whoever calls is concerned.
  await callPlaces(db, new Date(Date.now() + 300_000));
  await heading(page, 'Your turn has passed').waitFor();
  // Somebody else comes meanwhile, and is called.
  const other = await (await browser.newContext(phone)).newPage();
  await other.goto(queueOf(shop));
  await untilCalled(other);
  await page.getByRole('button', { name: 'Wait again' }).click();
  await heading(page, 'You are next').waitFor();
  expect(await numberOn(page)).toBe(3);
  // The other one gives the turn up, and so it passes on.
  await other.getByRole('button', { name: 'Go in' }).click();
  await other.getByRole('button', { name: /^I'm done/ }).click();
  await other.getByText('There is a queue for these tickets').waitFor();
  await untilCalled(page);
  await closeWaitingRoom(db, shop.event.id, new Date());
  await heading(page, 'The shop is open').waitFor();
});

test('W-13 a desk need not wait; the room is run from the admin', async () => {
  const page = await (await browser.newContext(laptop)).newPage();
  await page.goto(`${site.webUrl}/sign-in`);
  await signIn(page, 'manager');
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}`);
  await page.getByRole('link', { name: 'Waiting room' }).click();
  await page.getByLabel('Let in each minute').fill('0');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('Enter a whole number from 1 to').waitFor();
  await page.getByLabel('Let in each minute').fill('60');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await heading(page, 'Right now').waitFor();
  const visitor = await (await browser.newContext(phone)).newPage();
  await visitor.goto(`${site.webUrl}/events/${desk.eventSlug}/queue`);
  await heading(visitor, 'You are in').waitFor();
  await page
    .locator('dl > div')
    .filter({ hasText: 'Waiting' })
    .getByText('1', { exact: true })
    .waitFor();

  const seller = await page.context().newPage();
  await seller.goto(`${site.webUrl}/events/${desk.eventSlug}/queue`);
  await heading(seller, 'You need not wait').waitFor();
  await seller.getByRole('link', { name: 'Choose tickets' }).click();
  await seller.getByRole('button', { name: 'One more: One day' }).click();
  await seller.getByRole('button', { name: 'Continue', exact: true }).click();
  await heading(seller, 'Checkout').waitFor();

  await page.getByRole('button', { name: 'Close the waiting room' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('all who wait (1)').waitFor();
  await dialog.getByRole('button', { name: 'Close the waiting room' }).click();
  await page.getByText('The shop is open to all.').waitFor();
  await heading(visitor, 'The shop is open').waitFor();
});

test.each([
  [
    'a phone',
    { ...phone, locale: 'pt-BR' },
    ['Você está dentro', 'É a sua vez', 'pessoas na sua frente'],
  ],
  [
    'a phone in Spanish',
    { ...phone, locale: 'es-ES' },
    ['Ya estás dentro', 'Es tu turno', 'personas delante de ti'],
  ],
  ['a laptop', laptop, ['You are in', 'It is your turn', 'people are before you']],
] as const)(
  'every state is for everybody, on %s',
  async (_, options, [before, called, waiting]) => {
    const shop = await makeQueue();
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(queueOf(shop));
    await heading(page, before).waitFor();
    await expectGoodLooks(page);
    await open(shop);
    await heading(page, called).waitFor();
    await expectGoodLooks(page);
    const eventId = String(shop.event.id);
    await db.$client`update waiting_places set no = 1500, called_at = null where event_id = ${eventId}`;
    await db.$client`update waiting_rooms set last_no = 2000 where event_id = ${eventId}`;
    await page.reload();
    await heading(page, new RegExp(waiting)).waitFor();
    await expectGoodLooks(page);
    await page.goto(shopOf(shop));
    await page.getByRole('status').first().waitFor();
    await expectGoodLooks(page);
  },
);
