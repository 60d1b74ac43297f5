import { makeLinks } from '@catraca/api/links';
import { revokePass, schema } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { openBooth, order } from '@catraca/db/testing/booth';
import { testMasterKey } from '@catraca/db/testing/shop';
import { readQr, readTicketsPdf } from '@catraca/documents/testing';
import type { Page } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { testBrowser } from '../support/browser.ts';
import { seriousFaults } from '../support/looks.ts';
import { startSite, testSecrets } from '../support/site.ts';

const { db, url } = await testDatabase();
const booth = await openBooth(db, testMasterKey, new Date());
const site = await startSite({ databaseUrl: url, services: ['web', 'worker'] });
const links = makeLinks(site.webUrl, testSecrets.CATRACA_SECRET);
afterAll(() => site.stop());
const browser = await testBrowser();

const phone = { width: 390, height: 844 };
async function newPage(viewport = phone): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport });
  return context.newPage();
}

function buyTickets(quantity: number) {
  return order(db, booth, testMasterKey, [{ typeId: booth.coming.id, quantity }], new Date());
}

async function paidOrderLink(quantity = 1): Promise<string> {
  const sold = await buyTickets(quantity);
  await sold.pay();
  return links.order(sold.orderPublicId);
}

const firstTicket = (page: Page) =>
  page.getByRole('main').getByRole('listitem').getByRole('link').first();

/** From an order's page to its first ticket, kept by the browser. */
async function openTicket(page: Page, orderLink: string): Promise<void> {
  await page.goto(orderLink);
  await firstTicket(page).click();
  await page.getByText('Saved on this device').waitFor();
}

async function readShownCode(page: Page): Promise<string | undefined> {
  return readQr(await page.getByRole('img', { name: 'QR code' }).first().screenshot());
}

test('an order that waits for its payment shows its tickets by itself, once it is paid', async () => {
  const page = await newPage();
  const sold = await buyTickets(2);
  await page.goto(links.order(sold.orderPublicId));
  await page.getByRole('heading', { name: 'Waiting for your payment' }).waitFor();
  await sold.pay();
  await page.getByRole('heading', { name: 'Your tickets are here' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Show the code' }).count()).toBe(2);
});

test('a ticket that was opened once shows its code with no network', async () => {
  const page = await newPage();
  await openTicket(page, await paidOrderLink());
  const code = await readShownCode(page);
  expect(code).toMatch(/^CT[0-9A-Z]{152}$/);

  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('No connection').waitFor();
  expect(await readShownCode(page)).toBe(code);
  // The styles were kept too: without them nothing is set in the shop's face.
  const heading = page.getByRole('heading', { level: 1 });
  expect(await heading.evaluate((h) => getComputedStyle(h).fontFamily)).toContain('Bricolage');
});

test('a ticket opens from its kept page when the server is down', async () => {
  const page = await newPage();
  await openTicket(page, await paidOrderLink());
  const code = await readShownCode(page);
  await site.service('web').stop();
  try {
    await page.reload();
    await page.getByText('No connection').waitFor();
    expect(await readShownCode(page)).toBe(code);
  } finally {
    await site.start('web');
  }
});

test('a ticket that was revoked says so once it has a network, and from then on without', async () => {
  const page = await newPage();
  await openTicket(page, await paidOrderLink());
  const passes = await db.select({ id: schema.passes.id }).from(schema.passes);
  const newest = passes.reduce((latest, { id }) => (id > latest ? id : latest), 0n);
  await revokePass(db, newest, new Date());
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByText('no longer opens the gate').waitFor();
  // The page that is kept is replaced, too.
  await expect
    .poll(() => page.evaluate(async () => (await caches.match(location.pathname))?.text()))
    .toContain('no longer opens the gate');
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('no longer opens the gate').waitFor();
  expect(await page.getByRole('img', { name: 'QR code' }).count()).toBe(0);
});

test('a ticket can be put on the home screen', async () => {
  const page = await newPage();
  await openTicket(page, await paidOrderLink());
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's browser is a private one, which installs nothing: there must be no other reason.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
});

test('the PDF of an order has the codes that its pages show', async () => {
  const page = await newPage();
  await openTicket(page, await paidOrderLink());
  const code = await readShownCode(page);
  await page.goBack();
  const address = await page
    .getByRole('link', { name: 'Print or save as PDF' })
    .getAttribute('href');
  const pdf = await page.request.get(new URL(address ?? '', page.url()).href);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await readTicketsPdf(await pdf.body())).map(({ qr }) => qr)).toEqual([code]);
});

test.each([
  [
    'an order with a wrong key',
    '/orders/5d9f1a52-8f5e-4d6b-9c3a-0b7f2f1c9e11?key=x',
    'opens no order',
  ],
  ['an order with no id', '/orders/x?key=x', 'opens no order'],
  ['a ticket nobody signed', '/tickets/eyJhbGciOiJub25lIn0.e30.', 'opens no ticket'],
])('%s is not found, in words', async (_case, address, words) => {
  const page = await newPage();
  const answer = await page.goto(site.webUrl + address);
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { name: words }).waitFor();
});

test('the keys that verify tickets are public', async () => {
  const answer = await fetch(`${site.webUrl}/.well-known/jwks.json`);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toEqual({
    keys: [expect.objectContaining({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' })],
  });
});

describe.each([phone, { width: 1440, height: 900 }])('at $width pixels', (viewport) => {
  test('nothing stands in the way of anyone', async () => {
    const page = await newPage(viewport);
    const link = await paidOrderLink(2);
    await page.goto(link);
    await firstTicket(page).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await openTicket(page, link);
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto(`${site.webUrl}/dev/mail`);
    expect(await seriousFaults(page)).toEqual([]);
  });
});

test('the mail of an order is shown at /dev/mail, with its PDF', async () => {
  const page = await newPage();
  await paidOrderLink();
  await expect
    .poll(
      async () => {
        await page.goto(`${site.webUrl}/dev/mail`);
        return page.getByRole('listitem').count();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
  await page.getByRole('listitem').getByRole('link').first().click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('link', { name: 'Open your tickets' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '.pdf' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
});
