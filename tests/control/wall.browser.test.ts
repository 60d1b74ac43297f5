/// <reference lib="dom" />
import { initSite } from '@catraca/db';
import { newScanId } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, expect, test } from 'vitest';
import { signIn } from '../admin/staff.ts';
import { launchBrowser } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { startSite } from '../support/site.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
await makeDeskStaff(db, desk);
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.stop();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const viewports = { phone: { width: 390, height: 844 }, laptop: { width: 1440, height: 900 } };

async function openWall(size: keyof typeof viewports): Promise<Page> {
  const context = await browser.newContext({ viewport: viewports[size], locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/sign-in?to=/control`);
  await signIn(page, 'control');
  await page.goto(`${site.webUrl}/control/${desk.eventSlug}`);
  await page.locator('[data-status="live"]').waitFor();
  return page;
}

/** Reads codes nobody knows, until the gate refuses more than the control room lets pass. */
async function refuseAtTheGate(count: number): Promise<void> {
  const scans = Array.from({ length: count }, () => ({
    ...{ scanId: newScanId(), code: 'https://example.org/flyer', direction: 'entry' },
    ...{ checkpointId: String(desk.checkpointId), scannedAt: new Date().toISOString() },
  }));
  const response = await fetch(`${site.realtimeUrl}/v1/scans`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.deviceToken}` },
    body: JSON.stringify(scans),
  });
  expect(response.status).toBe(200);
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return box;
}

test.each(['phone', 'laptop'] as const)(
  'the control room is for everybody, on a %s',
  async (size) => {
    const page = await openWall(size);
    await refuseAtTheGate(10);
    await page.getByText(/Main gate refuses \d+ of \d+ a minute/).waitFor();
    await expectGoodLooks(page);
  },
);

test('the wall fills the screen with five figures, and a warning hides nothing of the map', async () => {
  const page = await openWall('laptop');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
  expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  expect(await page.locator('dl dt').count()).toBe(5);
  expect(await page.getByTestId('feed').count()).toBe(0);

  await refuseAtTheGate(10);
  const warning = page.getByText(/Main gate refuses \d+ of \d+ a minute/);
  await warning.waitFor();
  const map = await boxOf(page.getByRole('region', { name: 'Venue map' }));
  expect((await boxOf(warning)).x).toBeGreaterThanOrEqual(map.x + map.width);

  await page.keyboard.press('f');
  await page.getByTestId('feed').getByText('Main gate').first().waitFor();
});

test('a wall that loses realtime says so, and is right again when it is back', async () => {
  const page = await openWall('laptop');
  await site.service('realtime').stop();
  await page.locator('[data-status="live"]').waitFor({ state: 'detached' });
  await site.start('realtime');
  await page.locator('[data-status="live"]').waitFor();
  const refused = () => page.getByTestId('total-refused').innerText();
  const before = Number(await refused());
  await refuseAtTheGate(3);
  await expect.poll(async () => Number(await refused())).toBe(before + 3);
});
