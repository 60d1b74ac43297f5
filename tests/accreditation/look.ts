/// <reference lib="dom" />
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { expectGoodLooks, expectToFit, seriousFaults } from '../support/looks.ts';

/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env['CATRACA_PICTURES'];
const sizes = { phone: { width: 390, height: 844 }, laptop: { width: 1440, height: 900 } };

/** A page on a phone and on a laptop, by day and by night: axe finds nothing, and nothing is beside the screen. It is left as it was. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of Object.values(sizes)) {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    await expectGoodLooks(page);
    if (pictures) await take(page, `${name}-${size.width}`, pictures);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

async function take(page: Page, name: string, folder: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = `${folder}/${name}-${colorScheme}.png`;
    await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  }
}

/** The same of a dialog, which is all there is while it is open. */
export async function lookAtDialog(page: Page, name: string): Promise<void> {
  expect(await seriousFaults(page), name).toEqual([]);
  const before = page.viewportSize();
  for (const size of Object.values(sizes)) {
    await page.setViewportSize(size);
    await expectToFit(page);
    const path = `${pictures ?? ''}/${name}-${size.width}.png`;
    if (pictures) await page.screenshot({ path, animations: 'disabled' });
  }
  if (before) await page.setViewportSize(before);
}
