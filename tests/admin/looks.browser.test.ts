/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import { initSite } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { launchBrowser, lightUp } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { sessionCookie } from './staff.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
await makeDeskStaff(db, desk);
const site = await startSite({ databaseUrl: url, services: ['web'] });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.stop();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const cookie = await sessionCookie(site.webUrl, 'owner');
const viewports = { phone: { width: 390, height: 844 }, laptop: { width: 1440, height: 900 } };

async function open(path: string, size: keyof typeof viewports, locale = 'en-GB') {
  const options = { viewport: viewports[size], locale, reducedMotion: 'reduce' as const };
  const context = await browser.newContext(options);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  if (path !== '/sign-in') await context.addCookies([{ name, value, url: site.webUrl }]);
  const page = await context.newPage();
  await page.goto(site.webUrl + path);
  await page.waitForLoadState('networkidle');
  return page;
}

/** By day and by night: nothing axe objects to, and nothing beside the screen. */
async function expectGood(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await lightUp(page, colorScheme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }));
    expect(found, colorScheme).toEqual([]);
  }
  await expectToFit(page);
}

async function expectToFit(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page is wider than the screen').toBe(0);
}

const base = `/admin/${desk.eventSlug}`;
const paths = {
  'sign-in': '/sign-in',
  events: '/admin',
  overview: base,
  orders: `${base}/orders`,
  order: `${base}/orders/${desk.orderReference}`,
  passes: `${base}/passes`,
  pass: `${base}/passes/${desk.passPublicId}`,
  devices: `${base}/devices`,
  checkpoints: `${base}/checkpoints`,
  'waiting room': `${base}/waiting-room`,
  'nothing here': `${base}/orders/NONE`,
};
const sizes = Object.keys(viewports) as (keyof typeof viewports)[];

test.each(Object.entries(paths))('%s is for everybody', async (_, path) => {
  for (const size of sizes) await expectGood(await open(path, size));
});

test.each([
  ['devices', 'Pair a device'],
  ['pass', 'Revoke'],
  ['order', 'Send the mail again'],
] as const)('so is the dialog of %s: %s', async (name, verb) => {
  for (const size of sizes) {
    const page = await open(paths[name], size);
    await page.getByRole('button', { name: verb }).first().click();
    await page.getByRole('dialog').waitFor();
    await expectGood(page);
  }
});

test('so are the palette and the menus', async () => {
  const page = await open(base, 'phone');
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  await expectGood(page);
  await page.keyboard.press('Escape');
  for (const menu of [/Desk event/, /Olívia Farol/]) {
    await page.getByRole('button', { name: menu }).first().click();
    await expectGood(page);
    await page.keyboard.press('Escape');
  }
});

test.each([
  ['pt-BR', 'Aparelhos'],
  ['es-ES', 'Equipos'],
])('the desk speaks %s, and its words fit a phone', async (locale, devices) => {
  const page = await open(paths.devices, 'phone', locale);
  await page.getByRole('heading', { name: devices }).waitFor();
  for (const path of Object.values(paths)) {
    await page.goto(site.webUrl + path);
    await expectToFit(page);
  }
});
