import type { Page } from 'playwright';
import { test } from 'vitest';
import { started } from '../support/browser.ts';
import { expectGoodLooks, expectToFit } from '../support/looks.ts';
import { laptop, phone, testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { desk, site } = await openDesk();
const cookies = await browserCookies(site.webUrl, 'owner');
const { browser, onPhone, onBoth } = await testScreens(cookies);

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(site.webUrl + path);
  await started(page);
}

const base = `/admin/${desk.eventSlug}`;
const paths = {
  events: '/admin',
  overview: base,
  orders: `${base}/orders`,
  order: `${base}/orders/${desk.orderReference}`,
  passes: `${base}/passes`,
  pass: `${base}/passes/${desk.passPublicId}`,
  devices: `${base}/devices`,
  checkpoints: `${base}/checkpoints`,
  conflicts: `${base}/conflicts`,
  'waiting room': `${base}/waiting-room`,
  'new event': '/admin/new',
  settings: `${base}/settings`,
  types: `${base}/types`,
  'new type': `${base}/types/new`,
  codes: `${base}/codes`,
  plan: `${base}/plan`,
  seats: `${base}/seats`,
  'nothing here': `${base}/orders/NONE`,
};

test('sign-in is for everybody', async () => {
  for (const screen of [phone, laptop]) {
    const visitor = await browser.newPage(screen);
    await visit(visitor, '/sign-in');
    await expectGoodLooks(visitor);
  }
});

test.each(Object.entries(paths))('%s is for everybody', async (_, path) => {
  await onBoth(async (page) => {
    await visit(page, path);
    await expectGoodLooks(page);
  });
});

test.each([
  ['devices', 'Pair a device'],
  ['pass', 'Revoke'],
  ['order', 'Send the mail again'],
] as const)('so is the dialog of %s: %s', async (name, verb) => {
  await onBoth(async (page) => {
    await visit(page, paths[name]);
    await page.getByRole('button', { name: verb }).first().click();
    await page.getByRole('dialog').waitFor();
    await expectGoodLooks(page);
  });
});

test('so are the palette and the menus', async () => {
  const page = await onPhone();
  await visit(page, base);
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  await expectGoodLooks(page);
  await page.keyboard.press('Escape');
  for (const menu of [/Desk event/, /Olívia Farol/]) {
    await page.getByRole('button', { name: menu }).first().click();
    await expectGoodLooks(page);
    await page.keyboard.press('Escape');
  }
});

test.each([
  ['pt-BR', 'Aparelhos'],
  ['es-ES', 'Equipos'],
])('the desk speaks %s, and its words fit a phone', async (locale, devices) => {
  const context = await browser.newContext({ ...phone, locale });
  const page = await context.newPage();
  await visit(page, '/sign-in');
  await expectToFit(page);
  await context.addCookies(cookies);
  await visit(page, paths.devices);
  await page.getByRole('heading', { name: devices }).waitFor();
  for (const path of Object.values(paths)) {
    await visit(page, path);
    await expectToFit(page);
  }
});
