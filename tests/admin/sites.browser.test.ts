/// <reference lib="dom" />
import { findAuthority, schema } from '@catraca/db';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started, testBrowser } from '../support/browser.ts';
import { watchComplaints } from '../support/complaints.ts';
import type { Site } from '../support/site.ts';
import { browserCookies } from './staff.ts';
import { openTwoDesks } from './two-desks.ts';

const { cloud, venueDb, pair, record, agree } = await openTwoDesks();
const { desk, site: cloudSite } = cloud;
const browser = await testBrowser();
let venueSite: Site;
const complaints = watchComplaints();

/** A page of a site, for its owner. */
async function open(site: Site, path: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addCookies(await browserCookies(site.webUrl, 'owner'));
  const page = await context.newPage();
  complaints.of(page);
  await page.goto(site.webUrl + path);
  await started(page);
  return page;
}

const eventSites = `/admin/${desk.eventSlug}/sites`;
const typeOf = (page: Page) => page.getByRole('article', { name: 'One day' });
const cellsOf = (page: Page, site: string) =>
  typeOf(page)
    .getByRole('row', { name: new RegExp(site) })
    .getByRole('cell')
    .allInnerTexts();

test('a venue is paired with the command on the screen, and an event is shared with it', async () => {
  const page = await open(cloudSite, '/admin');
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await page.getByText('No venue yet').waitFor();
  await page.getByText('only in the cloud').waitFor();
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Share Desk event' }).click();
  await dialog.getByText('Pair a venue first.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Pair a venue' }).click();
  await dialog.getByLabel('Name of the venue').fill('North hall');
  await dialog.getByRole('button', { name: 'Make a code' }).click();
  await dialog.getByText(/Works once, for 1[45]:\d\d more/).waitFor();
  const command = await dialog.getByTestId('pair-command').innerText();
  const shown = /^npm start -- --site venue --cloud (\S+) --pair ([\w-]+)$/.exec(command);
  expect(shown?.[1]).toBe(cloudSite.webUrl);
  venueSite = await pair(shown?.[2] ?? '');
  await dialog.getByText('North hall is paired').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'North hall' }).waitFor();

  await page.getByRole('button', { name: 'Share Desk event' }).click();
  await dialog.getByText('names of their holders').waitFor();
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByText('History is being prepared').waitFor();
  await record();
  await agree();
  await page.getByText('Shared', { exact: true }).waitFor();
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Cloud and venue' }).click();
  await page.getByText('Test judges').waitFor();
});

test('the split is set on one side and known on the other; tickets given by hand arrive', async () => {
  const page = await open(cloudSite, eventSites);
  const dialog = page.getByRole('dialog');
  await typeOf(page).getByText('As it sells').waitFor();
  await page.getByRole('button', { name: 'Change the split: One day' }).click();
  await dialog.getByLabel('A fixed part').check();
  await dialog.getByLabel('Per cent of what is free').fill('101');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('from 0 to 100').waitFor();
  await dialog.getByLabel('Per cent of what is free').fill('30');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await typeOf(page).getByText('30 % of what is free for North hall').waitFor();
  await agree();
  const there = await open(venueSite, eventSites);
  await typeOf(there).getByText('30 % of what is free for North hall').waitFor();

  // An exchange splits anew when the last split is five seconds old. Then nothing else moves the number.
  const atVenue = async () => {
    await agree();
    return (await cellsOf(page, 'North hall'))[0];
  };
  await expect.poll(atVenue, { timeout: 20_000, interval: 1_000 }).toBe('30');
  const has = 30;
  await page.getByRole('button', { name: 'Give to North hall: One day' }).click();
  await dialog.getByLabel('How many').fill('1000000');
  await dialog.getByRole('button', { name: 'Give to North hall' }).click();
  await dialog.getByText('Enter a whole number from 1 to').waitFor();
  await dialog.getByLabel('How many').fill('7');
  await dialog.getByRole('button', { name: 'Give to North hall' }).click();
  await typeOf(page).getByText('7 are on their way to North hall').waitFor();
  await typeOf(page).getByText('By hand').waitFor();
  expect((await cellsOf(page, 'North hall'))[0]).toBe(String(has + 7));
  await agree();
  await typeOf(page).getByText('on their way').waitFor({ state: 'detached' });
  await typeOf(there).getByText('By hand').waitFor();
  expect((await cellsOf(there, 'North hall'))[0]).toBe(String(has + 7));

  await there.getByRole('button', { name: 'Give to Test: One day' }).click();
  await there.getByRole('dialog').getByLabel('How many').fill('2');
  await there.getByRole('dialog').getByRole('button', { name: 'Give to Test' }).click();
  await typeOf(there).getByText('2 are on their way to Test').waitFor();
  await agree();
  // The page asks again every three seconds.
  await expect
    .poll(async () => (await cellsOf(page, 'North hall'))[0], { timeout: 15_000 })
    .toBe(String(has + 5));
});

test('the judging is handed over, and taken back by who knows what that means', async () => {
  const page = await open(cloudSite, eventSites);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Hand over to North hall' }).click();
  await dialog.getByText('This site stops judging at once').waitFor();
  await dialog.getByRole('button', { name: 'Hand over to North hall' }).click();
  await page.getByText('North hall judges', { exact: true }).waitFor();
  await page.getByText('by Olívia Farol').waitFor();
  await page.getByText('North hall has not heard of it yet.').waitFor();
  await agree();
  const there = await open(venueSite, eventSites);
  await there.getByText('North hall judges', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Take over' }).click();
  await dialog.getByText('the same ticket may be admitted at both').waitFor();
  const act = dialog.getByRole('button', { name: 'Take over' });
  expect(await act.isDisabled()).toBe(true);
  await dialog.getByLabel('I know that people may be admitted twice').check();
  await act.click();
  await page.getByText('Test judges', { exact: true }).waitFor();
  await page.getByText('Taken over', { exact: true }).waitFor();
  await page.getByText('North hall has not heard of it yet and goes on judging').waitFor();
  await agree();
  await there.getByText('Test judges', { exact: true }).waitFor();
  expect(await findAuthority(venueDb, desk.eventId)).toMatchObject({ site: 1, awaits: null });
});

test('at a venue, what is set up in the cloud is refused with the place to go', async () => {
  const page = await open(venueSite, `/admin/${desk.eventSlug}/checkpoints`);
  await page.getByRole('switch', { name: 'Main gate is open' }).click();
  await page.getByText('Change it there.').waitFor();
  await page.goto(`${venueSite.webUrl}/admin`);
  await started(page);
  await page.getByRole('button', { name: 'Close sales' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close sales' }).click();
  await page.getByRole('dialog').getByText('Change it there.').waitFor();
  await page.goto(`${venueSite.webUrl}/admin/sites`);
  await page.getByRole('heading', { name: 'Its cloud' }).waitFor();
  expect(await page.getByRole('button', { name: 'Pair a venue' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /^(Revoke|Share)/ }).count()).toBe(0);
  complaints.wereMeant('409');
});

test('those who work at a venue are told when the cloud is away, what is left, and when it is shut out', async () => {
  const links = schema.siteLinks;
  const well = { exchangedAt: new Date(Date.now() + 3_600_000), problem: null, toTake: 0 };
  await venueDb.update(links).set(well);
  const pages = await Promise.all(
    ['/admin', '/', `/control/${desk.eventSlug}`].map((path) => open(venueSite, path)),
  );
  const allSay = async (words: string | RegExp) => {
    await Promise.all(pages.map((page) => page.getByText(words).waitFor()));
  };
  const away = new Date(Date.now() - 60_000);
  for (const page of pages) expect(await page.getByText('Working without').count()).toBe(0);
  await venueDb.update(links).set({ exchangedAt: away, problem: 'away' });
  await allSay(/^Working without the internet since .*\. 0 changes wait; nothing is lost\.$/);
  await venueDb.update(links).set({ ...well, toTake: 1_234 });
  await allSay('Connected. Catching up with the cloud: 1,234 changes left.');
  await venueDb.update(links).set({ ...well, problem: 'clock_wrong' });
  await allSay('The exchange with the cloud stands still');
  await venueDb.update(links).set({ ...well, state: 'fenced' });
  await allSay('This machine is shut out and sells nothing.');
  await venueDb.update(links).set({ ...well, state: 'active' });
  const notices = pages.map((page) => page.getByText('shut out').waitFor({ state: 'detached' }));
  await Promise.all(notices);
  // Realtime does not run here.
  complaints.wereMeant('ERR_CONNECTION_REFUSED');
});

test('a list that cannot be asked says so and can be tried again; a venue is revoked after its consequence', async () => {
  const page = await open(cloudSite, '/admin/sites');
  await page.route('**/trpc/**', (route) => route.abort());
  await page.getByText('The list could not be updated').waitFor();
  await page.unroute('**/trpc/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The list could not be updated').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Revoke North hall' }).click();
  await page.getByRole('dialog').getByText('exchanges nothing with it from now on').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Revoked', { exact: true }).waitFor();
  const [link] = await cloud.db.select().from(schema.siteLinks);
  expect(link?.state).toBe('revoked');
  complaints.wereMeant('ERR_FAILED');
});
