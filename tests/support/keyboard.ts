/// <reference lib="dom" />
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

/** More than a page has to offer: what is not reached with so many is not reached. */
const tabsMax = 120;

/** Goes there as somebody without a mouse does, and says so if nobody can. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const isThere = () => target.evaluate((node) => node === document.activeElement);
  for (let tabs = 0; tabs < tabsMax && !(await isThere()); tabs++) await page.keyboard.press('Tab');
  expect(await isThere(), 'it is reached by the keyboard').toBe(true);
}
