import { schema } from '@catraca/db';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { expectGoodLooks, expectToFit } from '../support/looks.ts';
import { phone, testScreens } from '../support/screens.ts';
import { browserCookies } from './staff.ts';
import { openSharedDesks } from './two-desks.ts';

const { cloud, venueDb, venueSite } = await openSharedDesks();
const { desk, site: cloudSite } = cloud;
// One address, two ports: a browser does not tell their cookies apart.
const atCloud = await testScreens(await browserCookies(cloudSite.webUrl, 'owner'));
const atVenue = await testScreens(await browserCookies(venueSite.webUrl, 'owner'));
const eventSites = `/admin/${desk.eventSlug}/sites`;

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await started(page);
}

test.each(['/admin/sites', eventSites])('%s is for everybody, on both sides', async (path) => {
  await atCloud.onBoth(async (page) => {
    await visit(page, cloudSite.webUrl + path);
    await expectGoodLooks(page);
  });
  await atVenue.onBoth(async (page) => {
    await visit(page, venueSite.webUrl + path);
    await expectGoodLooks(page);
  });
});

test.each([
  ['/admin/sites', /^Pair a venue/],
  ['/admin/sites', /^Revoke/],
  [eventSites, /^Change the split/],
  [eventSites, /^Give/],
  [eventSites, /^Hand over/],
] as const)('so is the dialog of %s: %s', async (path, name) => {
  await atCloud.onBoth(async (page) => {
    await visit(page, cloudSite.webUrl + path);
    await page.getByRole('button', { name }).first().click();
    await page.getByRole('dialog').waitFor();
    await expectGoodLooks(page);
  });
});

test('so is the command that pairs a venue, and taking over', async () => {
  const page = await atCloud.onPhone();
  await visit(page, `${cloudSite.webUrl}/admin/sites`);
  await page.getByRole('button', { name: 'Pair a venue' }).click();
  await page.getByLabel('Name of the venue').fill('South hall');
  await page.getByRole('button', { name: 'Make a code' }).click();
  await page.getByTestId('pair-command').waitFor();
  await expectGoodLooks(page);
  const there = await atVenue.onPhone();
  await visit(there, venueSite.webUrl + eventSites);
  await there.getByRole('button', { name: 'Take over' }).click();
  await there.getByRole('dialog').waitFor();
  await expectGoodLooks(there);
});

const says = /internet|Catching up|stands still|shut out/;
const now = Date.now();
const well = { state: 'active', exchangedAt: new Date(now + 3_600_000), problem: null } as const;
test.each([
  ['away', { ...well, exchangedAt: new Date(now - 60_000), toTake: 0 }],
  ['catching up', { ...well, toTake: 2_000 }],
  ['refused', { ...well, problem: 'clock_wrong', toTake: 0 }],
  ['stopped', { ...well, state: 'fenced', toTake: 0 }],
] as const)('so is a venue that is %s, in its shop, admin and control room', async (_, link) => {
  await venueDb.update(schema.siteLinks).set(link);
  const path = `/control/${desk.eventSlug}`;
  await atVenue.onBoth(async (page) => {
    for (const other of ['/', '/admin']) {
      await visit(page, venueSite.webUrl + other);
      expect(await page.getByText(says).count()).toBe(1);
      await expectGoodLooks(page);
    }
    // Without its feed, which does not run here, a wall is dimmed.
    await visit(page, venueSite.webUrl + path);
    expect(await page.getByText(says).count()).toBe(1);
    await expectToFit(page);
  });
});

test.each([
  ['pt-BR', 'Servidores'],
  ['es-ES', 'Servidores'],
])('the pages speak %s, and their words fit a phone', async (locale, title) => {
  await venueDb.update(schema.siteLinks).set({ ...well, exchangedAt: new Date(now - 60_000) });
  const context = await atVenue.browser.newContext({ ...phone, locale });
  await context.addCookies(await browserCookies(venueSite.webUrl, 'owner'));
  const page = await context.newPage();
  await visit(page, `${venueSite.webUrl}/admin/sites`);
  await page.getByRole('heading', { name: title }).waitFor();
  await expectToFit(page);
  await visit(page, venueSite.webUrl + eventSites);
  await expectToFit(page);
});
