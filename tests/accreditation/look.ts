/// <reference lib="dom" />
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { expectGoodLooks, expectToFit, seriousFaults } from '../support/looks.ts';
import { picture } from '../support/pictures.ts';
import { laptop, phone } from '../support/screens.ts';

/** A page on a phone and on a laptop, by day and by night: axe finds nothing, and nothing is beside the screen. It is left as it was. */
export async function look(page: Page, name: string): Promise<void> {
  await onBoth(page, () => expectGoodLooks(page));
  await picture(page, name);
}

/** The same of a dialog, which is all there is while it is open. */
export async function lookAtDialog(page: Page, name: string): Promise<void> {
  expect(await seriousFaults(page), name).toEqual([]);
  await onBoth(page, () => expectToFit(page));
  await picture(page, name);
}

async function onBoth(page: Page, check: () => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const { viewport } of [phone, laptop]) {
    await page.setViewportSize(viewport);
    await page.evaluate(() => scrollTo(0, 0));
    await check();
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}
