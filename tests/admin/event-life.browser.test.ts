import { schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { look } from '../support/pictures.ts';
import { laptop, phone, testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, desk, site } = await openDesk();
const weekend = await makeType(db, desk.eventId, {
  ...{ name: { en: 'Weekend' }, priceMinor: 8000, units: 40 },
});
const cookies = await browserCookies(site.webUrl, 'manager');
const { browser } = await testScreens(cookies);
const shop = `${site.webUrl}/events`;

async function openAdmin(path: string, slug = desk.eventSlug): Promise<Page> {
  const context = await browser.newContext({ ...laptop, reducedMotion: 'reduce' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/admin/${slug}${path}`);
  await started(page);
  return page;
}

/** Somebody who has never been here. */
async function stranger(): Promise<Page> {
  const context = await browser.newContext({ ...phone, reducedMotion: 'reduce' });
  return context.newPage();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a poster is made anew, and the shop shows it; a file that is none is refused', async () => {
  const page = await openAdmin('/settings');
  const looks = part(page, 'Poster and colours');
  const file = { name: 'poster.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await looks.getByLabel('Poster').setInputFiles(file);
  await looks.getByText('no picture that can be read').waitFor();
  const large = Buffer.alloc(4 * 1024 * 1024 + 1);
  await looks.getByLabel('Poster').setInputFiles({ ...file, buffer: large });
  await looks.getByText('The picture is larger than 4 MB.').waitFor();
  await look(page, 'settings-poster-refused');
  const buffer = await page.screenshot();
  await looks.getByLabel('Poster').setInputFiles({ ...file, buffer });
  const poster = looks.locator('img');
  await poster.waitFor();
  await look(page, 'settings-poster');

  const path = (await poster.getAttribute('src')) ?? '';
  const answer = await fetch(site.webUrl + path);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  const buyer = await stranger();
  await buyer.goto(`${shop}/${desk.eventSlug}`);
  await started(buyer);
  const shown = buyer.locator(`img[src="${path}"]`);
  await shown.waitFor();
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode())).toBeUndefined();
  await look(buyer, 'shop-with-poster');
});

test('two people change an event: what one of them typed is never lost, nor what the other saved', async () => {
  const [mine, theirs] = [await openAdmin('/settings'), await openAdmin('/settings')];
  const [myWords, theirWords] = [mine, theirs].map((page) => part(page, 'Name, place and words'));
  if (!myWords || !theirWords) throw new Error('there are two pages');
  await myWords.getByLabel('Address of the venue').fill('Rua Nova 1');
  await myWords.getByLabel('Name of the event').fill('');
  await myWords.getByRole('button', { name: 'Save' }).click();
  await myWords.getByText('Give it a name.').waitFor();
  expect(await myWords.getByLabel('Address of the venue').inputValue()).toBe('Rua Nova 1');
  await myWords.getByLabel('Name of the event').fill('My event');

  await theirWords.getByLabel('Venue', { exact: true }).fill('Pavilion 2');
  await theirWords.getByRole('button', { name: 'Save' }).click();
  await theirWords.getByText('Saved.').waitFor();

  const save = (words: Locator) => words.getByRole('button', { name: 'Save', exact: true }).click();
  await save(myWords);
  await myWords.getByText('Murilo Trapiche changed this').waitFor();
  expect(await myWords.getByLabel('Name of the event').inputValue()).toBe('My event');
  await look(mine, 'settings-meanwhile');
  // Whoever goes away with it is asked.
  const asked: string[] = [];
  mine.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await mine.getByRole('link', { name: 'Overview' }).click();
  await expect.poll(() => asked).toEqual(['Leave without saving? What you changed here is lost.']);
  expect(await myWords.getByLabel('Name of the event').inputValue()).toBe('My event');
  // Another part, which nobody else changed, is saved. The words are still asked about.
  const mySales = part(mine, 'Sales');
  await mySales.getByLabel('Minutes a buyer has to pay').fill('12');
  await save(mySales);
  await mySales.getByText('Saved.').waitFor();
  await save(myWords);
  await myWords.getByText('Somebody else changed this meanwhile').waitFor();
  expect(await myWords.getByLabel('Name of the event').inputValue()).toBe('My event');
  await myWords.getByRole('button', { name: 'Load theirs' }).click();
  await expect
    .poll(() => myWords.getByLabel('Venue', { exact: true }).inputValue())
    .toBe('Pavilion 2');
  expect(await myWords.getByLabel('Name of the event').inputValue()).toBe('Desk event');
  await myWords.getByLabel('Address of the venue').fill('Rua Nova 1');
  await save(myWords);
  await myWords.getByText('Saved.').waitFor();
  // Who types nothing sees it, and whoever wants theirs after all saves it over.
  await theirWords.getByLabel('Venue', { exact: true }).fill('Pavilion 3');
  await save(theirWords);
  await theirWords.getByText('Murilo Trapiche changed this').waitFor();
  await theirWords.getByRole('button', { name: 'Save mine over it' }).click();
  await theirWords.getByText('Saved.').waitFor();
  expect(await part(theirs, 'Sales').getByLabel('Minutes a buyer has to pay').inputValue()).toBe(
    '12',
  );
  const [event] = await db.select().from(schema.events);
  expect(event).toMatchObject({
    ...{ name: 'Desk event', venueName: 'Pavilion 3', venueAddress: 'An address' },
    holdTtlSeconds: 720,
  });
});

test('a copy has other dates, its codes and its shared capacity, and only members see it before it is published', async () => {
  const { eventId } = desk;
  const code = { eventId, code: 'FRIENDS', kind: 'percent' as const, value: 10, unitsMax: 9 };
  await db.insert(schema.vouchers).values({ ...code, typeIds: [weekend.id], unitsUsed: 0 });
  const page = await openAdmin('/types');
  const dialog = page.getByRole('dialog');
  await button(page, 'New shared capacity').click();
  await dialog.getByLabel('Name of the capacity').fill('Places');
  await dialog.getByLabel('Units in all').fill('30');
  for (const name of ['One day', 'Weekend']) await dialog.getByLabel(name).check();
  await button(page, 'Save').click();
  await page.getByText('1 of 30 sold').waitFor();

  await page.getByRole('link', { name: 'Event', exact: true }).click();
  await button(page, 'Copy').click();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByText('Say the date').waitFor();
  await dialog.getByLabel('Address in the shop').fill(desk.eventSlug);
  await dialog.getByLabel('First day').fill('2028-05-01');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByText('Another event has this address.').waitFor();
  expect(await dialog.getByLabel('First day').inputValue()).toBe('2028-05-01');
  await look(page, 'copy');
  await dialog.getByLabel('Address in the shop').fill('next-time');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.waitForURL('**/admin/next-time');
  await page.getByText('Draft').first().waitFor();
  await look(page, 'copied');
  await page.getByRole('link', { name: 'Ticket types' }).click();
  await page.getByText('0 of 30 sold').waitFor();
  await page.getByText('One day · Weekend').waitFor();
  await page.getByRole('link', { name: 'Codes' }).first().click();
  await page.getByText('used 0 of 9').waitFor();
  await page.getByText('Weekend', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Event', exact: true }).click();
  await expect.poll(() => page.getByLabel('Date').first().inputValue()).toBe('2028-05-01');

  await page.getByRole('link', { name: 'See it as buyers do' }).click();
  await page.getByText('this is how buyers will see it').waitFor();
  await page.getByRole('heading', { name: 'Weekend' }).waitFor();
  await look(page, 'preview');
  const buyer = await stranger();
  expect((await buyer.goto(`${shop}/next-time`))?.status()).toBe(404);
  await buyer.goto(`${shop}/next-time?preview`);
  await buyer.waitForURL('**/sign-in**');
  await buyer.goto(site.webUrl);
  expect(await buyer.locator('a[href="/events/next-time"]').count()).toBe(0);
});

test('an event is published, closed and put away, and the shop has it as long as it is on sale', async () => {
  const page = await openAdmin('', 'next-time');
  const dialog = page.getByRole('dialog');
  const buyer = await stranger();
  const inShop = async () => (await buyer.goto(`${shop}/next-time`))?.status();
  const change = async (verb: string) => {
    await button(page, verb).click();
    await dialog.getByRole('button', { name: verb }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await change('Publish');
  await page.getByText('On sale', { exact: true }).first().waitFor();
  await expect.poll(inShop).toBe(200);
  await change('Close sales');
  await page.getByText('Sales closed').first().waitFor();
  // The shop's pages are shared for a moment.
  const offered = async () => {
    await inShop();
    return buyer.getByRole('button', { name: /^One more/ }).count();
  };
  await expect.poll(offered).toBe(0);
  await look(page, 'closed');
  await page.getByRole('link', { name: 'Event', exact: true }).click();
  await button(page, 'Archive').click();
  await look(page, 'archive');
  await dialog.getByRole('button', { name: 'Archive' }).click();
  await button(page, 'Bring back').waitFor();
  await expect.poll(inShop).toBe(404);
  await change('Bring back');
  await button(page, 'Archive').waitFor();
});
