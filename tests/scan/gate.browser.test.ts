import { revokeDevice } from '@catraca/db';
import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { afterAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { testBrowser } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { answer, openScanner, pair, typeAsReader, verdictsOf } from './scanner.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
afterAll(() => site.stop());
const browser = await testBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]);

async function newPage(locale = 'en-GB'): Promise<Page> {
  return browser.newPage({ viewport: { width: 390, height: 844 }, locale });
}

async function newPass(policy: keyof typeof event.types = 'once') {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  if (!pass) throw new Error('no pass was made');
  return pass;
}

test('a reader that types is heard while the camera runs, in either case', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event);
  const { token } = await newPass();
  await typeAsReader(page, token.toLowerCase());
  await answer(page, 'admitted').waitFor();
  await answer(page, 'admitted').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Last' }).click();
  const last = page.getByRole('dialog').getByRole('listitem');
  expect(await last.innerText()).toMatch(/Admitted\s+Type once · North gate\s+\d\d:\d\d:\d\d/);
});

test('the Enter of a reader presses no button', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event);
  await page.getByRole('button', { name: 'More' }).focus();
  await typeAsReader(page, (await newPass()).token);
  await answer(page, 'admitted').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('D-31 without the event’s data scans wait for a connection, show no green, and are answered once', async () => {
  const page = await newPage();
  await page.route('**/v1/bundle*', (route) => route.abort());
  await openScanner(page, site, db, event);
  const before = await verdictsOf(db);
  const [first, second] = [await newPass(), await newPass()];
  site.service('realtime').process.kill('SIGKILL');
  await page.getByText('No connection, trying again').waitFor();

  await typeAsReader(page, first.token);
  await page.getByText('There is no connection.').waitFor();
  await typeAsReader(page, second.token);
  await page.getByText('2 waiting').waitFor();
  expect(await answer(page, 'admitted').count()).toBe(0);

  await site.start('realtime');
  // The person before the screen is the second; the first answer is in the list, marked as late.
  await answer(page, 'admitted').waitFor();
  await page.getByText('1 late answer').click();
  const list = page.getByRole('dialog').getByRole('listitem');
  await list.nth(1).waitFor();
  expect(await page.getByRole('dialog').getByText('Answered late').count()).toBe(1);
  expect((await verdictsOf(db)).slice(before.length)).toEqual(['admitted', 'admitted']);
  expect(await page.getByText('waiting').count()).toBe(0);
});

test('a pass that was used says where and when, also to a number typed by hand', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event, 'South gate');
  const { token, barcode } = await newPass();
  await typeAsReader(page, token);
  await answer(page, 'admitted').waitFor();

  await page.getByRole('button', { name: 'Type' }).click();
  const field = page.getByLabel('Number or code on the ticket');
  await field.fill(wrongly(barcode));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('One of these digits is wrong.').waitFor();
  await field.fill(barcode);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  expect(await answer(page, 'already_used').innerText()).toMatch(/First entry[^]*South gate/);
  await page.keyboard.press('Escape');
  await answer(page, 'already_used').waitFor({ state: 'detached' });
});

/** The number with two digits exchanged that differ, as people do. */
function wrongly(number: string): string {
  const at = [...number].findIndex(
    (digit, i) => /\d{2}/.test(digit + (number[i + 1] ?? '')) && digit !== number[i + 1],
  );
  return `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
}

test('a person without a code is found by three letters of the name, and judged by the gate', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event);
  await newPass();
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the holder').fill('ho');
  expect(await dialog.getByRole('button', { name: 'Search' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Name of the holder').fill('HÓLDER 0');
  await dialog.getByRole('button', { name: 'Search' }).click();
  await dialog.getByText('Holder 0').first().waitFor();
  await dialog.getByRole('button', { name: 'Check: Holder 0' }).last().click();
  await answer(page, 'admitted').waitFor();
});

test('exits are scanned at the same checkpoint after the direction is changed', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event);
  const { token } = await newPass('reentry');
  await typeAsReader(page, token);
  await answer(page, 'admitted').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Change checkpoint' }).click();
  await page.getByRole('radio', { name: 'Exit', exact: true }).check();
  await page.getByRole('button', { name: 'Start scanning' }).click();
  await typeAsReader(page, token);
  await answer(page, 'exited').waitFor();
});

test('the post is remembered when the page is opened again', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event, 'Stage door');
  await page.reload();
  await page.getByRole('button', { name: 'Change checkpoint' }).getByText('Stage door').waitFor();
});

test('a revoked device says so, and has forgotten its key', async () => {
  const page = await newPage();
  await openScanner(page, site, db, event);
  const [device] = await db.$client<
    { id: string }[]
  >`select id from devices order by id desc limit 1`;
  await revokeDevice(db, BigInt(device?.id ?? 0), new Date());
  await page.getByText('This device was signed out').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Make this a gate scanner' }).waitFor();
});

test('a wrong pairing code is refused in words', async () => {
  const page = await newPage();
  await page.goto(`${site.webUrl}/scan`);
  await pair(page, '0000-0000-0000');
  await page.getByText('There is no such code.').waitFor();
});

test.each([
  ['pt-BR', 'Desconhecido', 'Não é um código nosso.'],
  ['es-MX', 'Desconocido', 'No es un código nuestro.'],
])('in %s a stranger’s code is “%s”', async (locale, word, advice) => {
  const page = await newPage('en-GB');
  await openScanner(page, site, db, event);
  const language = { 'pt-BR': 'Português (Brasil)', 'es-MX': 'Español' }[locale] ?? '';
  await page.getByRole('button', { name: 'More' }).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByLabel('Language').selectOption({ label: language }),
  ]);
  await page.getByText('Conectado').waitFor();
  await typeAsReader(page, 'https://example.org/flyer');
  await answer(page, 'unknown_code').getByText(word).waitFor();
  await answer(page, 'unknown_code').getByText(advice).waitFor();
});
