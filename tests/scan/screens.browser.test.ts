import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { testBrowser } from '../support/browser.ts';
import { seriousFaults } from '../support/looks.ts';
import { startSite } from '../support/site.ts';
import { answer, openScanner, pair, showPairingCode, typeAsReader } from './scanner.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db, { hallCapacity: 1 });
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
afterAll(() => site.stop());
const browser = await testBrowser(['--use-fake-device-for-media-stream']);

async function newPage(
  options: { colorScheme?: 'light' | 'dark'; camera?: boolean } = {},
): Promise<Page> {
  const { camera = true, colorScheme = 'light' } = options;
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    colorScheme,
    permissions: camera ? ['camera'] : [],
  });
  return context.newPage();
}

/** What axe finds wrong, with the contrast that the gate asks for: 7:1. */
const faults = (page: Page) =>
  seriousFaults(page, { 'color-contrast-enhanced': { enabled: true } });

async function newTokens(count: number): Promise<string[]> {
  const passes = await makePasses(db, event, event.types.once, count);
  return passes.map(({ token }) => token);
}

test.each(['light', 'dark'] as const)(
  'axe finds nothing serious on any screen, %s',
  async (colorScheme) => {
    const page = await newPage({ colorScheme });
    await page.goto(`${site.webUrl}/scan`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await faults(page), 'pairing').toEqual([]);

    await pair(page, await showPairingCode(db, event));
    await page.getByRole('radio', { name: 'North gate' }).check();
    expect(await faults(page), 'choosing a checkpoint').toEqual([]);

    await page.getByRole('button', { name: 'Start scanning' }).click();
    await page.locator('video').waitFor();
    expect(await faults(page), 'camera').toEqual([]);

    for (const tool of ['Type', 'Search', 'Last', 'More']) {
      await page.getByRole('button', { name: tool }).click();
      await page.getByRole('dialog').waitFor();
      expect(await faults(page), tool).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    // A green screen goes by itself: its colours are looked at in verdict-looks.test.ts.
    const [first = '', second = ''] = await newTokens(2);
    await typeAsReader(page, first);
    await page.locator('[data-verdict]').waitFor();
    for (const [verdict, code] of [
      // The hall takes one person.
      ['area_full', second],
      ['unknown_code', 'https://example.org/flyer'],
    ] as const) {
      await typeAsReader(page, code);
      await answer(page, verdict).waitFor();
      expect(await faults(page), verdict).toEqual([]);
    }
  },
);

test('without the camera it says what to do, and a reader works all the same', async () => {
  const page = await newPage({ camera: false });
  await openScanner(page, site, db, event);
  await page.getByRole('heading', { name: 'The camera is not allowed' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await typeAsReader(page, 'https://example.org/flyer');
  await answer(page, 'unknown_code').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.context().grantPermissions(['camera']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('video').waitFor();
});
