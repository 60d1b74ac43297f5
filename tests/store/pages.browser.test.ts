import { makeEvent, makeType, type SeatDraft } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import type { Page } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { testScreens } from '../support/screens.ts';
import { startSite } from '../support/site.ts';
import { makeShop, openEvent, openShop, soon } from './shop.ts';

const { db, url } = await testDatabase();
await openShop(db);
const shop = await makeShop(db, 'Parade of Ink');
const site = await startSite({ databaseUrl: url, services: ['web'] });
afterAll(() => site.stop());
const { browser, onBoth } = await testScreens();

const screens: [name: string, open: (page: Page) => Promise<void>][] = [
  ['the list of events', (page) => visit(page, '/')],
  ['an event', (page) => openEvent(page, site.webUrl, shop)],
  ['the seat map', openSeatMap],
  [
    'the list of seats',
    async (page) => {
      await openSeatMap(page);
      await page.getByRole('button', { name: 'As a list' }).click();
      await page.getByRole('button', { name: /^Stalls, row A, seat 1/ }).click();
    },
  ],
  ['no page', (page) => visit(page, '/nothing-here')],
  ['no event', (page) => visit(page, '/events/nothing-here')],
  ['an empty checkout', (page) => visit(page, '/checkout')],
  [
    // Last: from here on the buyer holds a ticket.
    'a checkout with mistakes',
    async (page) => {
      await openEvent(page, site.webUrl, shop);
      await page.getByRole('button', { name: 'One more: Day ticket' }).click();
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByRole('heading', { name: 'Checkout' }).waitFor();
      await page.getByRole('checkbox').first().uncheck();
      await page.getByRole('button', { name: 'Pay' }).click();
      await page.getByText('3 fields need another look').waitFor();
    },
  ],
];

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(site.webUrl + path);
  await started(page);
}

async function openSeatMap(page: Page): Promise<void> {
  await openEvent(page, site.webUrl, shop);
  await page.getByRole('button', { name: 'Choose seats' }).click();
  await page.getByRole('application').waitFor();
}

test.each(screens)('%s is for everybody', async (_, open) => {
  await onBoth(async (page) => {
    await open(page);
    await expectGoodLooks(page);
  });
});

/** The most that the storefront's first page may load of compressed script. */
const scriptBytesMax = 150_000;

test('the first page loads less than 150 kB of compressed script', async () => {
  const page = await browser.newPage();
  const network = await page.context().newCDPSession(page);
  const scripts = new Map<string, number>();
  await network.send('Network.enable');
  network.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.set(requestId, 0);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  await page.goto(site.webUrl, { waitUntil: 'networkidle' });
  const bytes = [...scripts.values()].reduce((sum, length) => sum + length, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(scriptBytesMax);
});

test('events and their prices can be read without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(site.webUrl);
  await page.getByRole('link', { name: 'Parade of Ink' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Parade of Ink');
  expect(await page.getByText('€21.50').isVisible()).toBe(true);
  expect(await page.getByText('incl. €1.50 fee').isVisible()).toBe(true);
  expect(await page.locator('noscript').textContent()).toContain('this page needs JavaScript');
});

test('the language is chosen once, without JavaScript too, and stays', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/events/${shop.event.slug}`);
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('button', { name: 'Português (Brasil)' }).click();
  expect(new URL(page.url()).pathname).toBe(`/events/${shop.event.slug}`);
  expect(await page.getByRole('heading', { name: 'Ingressos' }).isVisible()).toBe(true);
  expect(await page.locator('html').getAttribute('lang')).toBe('pt-br');
  await page.goto(site.webUrl);
  expect(await page.getByRole('link', { name: 'Comprar ingressos' }).isVisible()).toBe(true);
});

test('a browser’s own language is the first choice', async () => {
  const page = await browser.newPage({ locale: 'es-AR' });
  await page.goto(site.webUrl);
  expect(await page.getByRole('link', { name: 'Comprar entradas' }).isVisible()).toBe(true);
});

test('a search engine finds title, description and picture; a buyer’s own page asks not to be found', async () => {
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(`${site.webUrl}/events/${shop.event.slug}`);
  const content = (name: string) =>
    page.locator(`meta[property="${name}"]`).getAttribute('content');
  expect(await page.title()).toBe('Parade of Ink · Tickets');
  expect(await content('og:title')).toBe('Parade of Ink · Tickets');
  expect(await content('og:description')).toBe('A tagline');
  expect(await content('og:url')).toBe(page.url());
  await page.goto(`${site.webUrl}/checkout`);
  expect(await page.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex');
});

describe('a hall of two thousand seats', () => {
  /** Forty rows of fifty. */
  const hall: SeatDraft[] = Array.from({ length: 2_000 }, (_, index) => ({
    section: 'Hall',
    row: String(Math.floor(index / 50) + 1),
    number: (index % 50) + 1,
    x: (index % 50) * 10,
    y: Math.floor(index / 50) * 10,
    accessible: index % 50 === 0,
  }));
  /** Thirty pictures a second: half of them come sooner. */
  const medianFrameMsMax = 34;

  test('is panned and zoomed without stutter', async () => {
    const event = await makeEvent(db, { dates: soon() }, new Date());
    await makeType(db, event.id, { seats: hall });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await visit(page, `/events/${event.slug}`);
    await page.getByRole('button', { name: 'Choose seats' }).click();
    const map = page.getByRole('application');
    await map.waitFor();
    const frames = page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const frame = (time: number) => {
            times.push(time);
            if (times.length === 120) resolve(times);
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
    );
    await page.mouse.move(720, 400);
    for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -60);
    await page.mouse.down();
    for (let i = 0; i < 60; i++) await page.mouse.move(720 - i * 5, 400 - i * 3);
    await page.mouse.up();
    const gaps = (await frames).map((time, i, all) => time - (all[i - 1] ?? time)).slice(1);
    const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
    expect(median).toBeLessThan(medianFrameMsMax);
  });

  test('shows at once what was chosen and what was given back', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await openEvent(page, site.webUrl, shop);
    await page.getByRole('button', { name: 'Choose seats' }).click();
    const picture = () =>
      page.locator('canvas').evaluate(async (canvas: HTMLCanvasElement) => {
        // Words are there at once, the picture with the next frame.
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        return canvas.toDataURL();
      });
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('1 seat ·').waitFor();
    const chosen = await picture();
    await page.keyboard.press('Enter');
    await expect.poll(picture).not.toBe(chosen);
    await page.keyboard.press('Enter');
    await expect.poll(picture).toBe(chosen);
  });

  test('is tapped from afar to come closer, then to choose', async () => {
    const event = await makeEvent(db, { dates: soon() }, new Date());
    await makeType(db, event.id, { seats: hall });
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await visit(page, `/events/${event.slug}`);
    await page.getByRole('button', { name: 'Choose seats' }).click();
    const map = page.getByRole('application');
    await map.waitFor();
    await map.tap();
    expect(await page.getByText('0 seats').isVisible()).toBe(true);
    await map.tap();
    await page.getByText('1 seat ·').waitFor();
    await map.tap();
    await page.getByText('0 seats').waitFor();
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
  });
});
