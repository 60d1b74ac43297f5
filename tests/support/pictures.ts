import type { Page } from 'playwright';
import { expectGoodLooks, lightUp } from './looks.ts';

/** Where pictures of the pages go, for whoever wants to look at them. */
const folder = process.env['CATRACA_PICTURES'];
const widths = [1440, 390];

/**
 * Nothing is wrong with what the page shows now, at the size it has, by day: by night the same pairs of colours stand on the pages that
 * `looks` walks. And a picture of it in each size and light, if somebody asked for them.
 */
export async function look(page: Page, name: string): Promise<void> {
  await expectGoodLooks(page, ['light']);
  await picture(page, name);
}

/** Takes a picture of a page on a phone and on a laptop, by day and by night; nothing where no folder is given. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  const size = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await lightUp(page, colorScheme);
      await page.screenshot({
        path: `${folder}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    }
  }
  await lightUp(page, 'light');
  if (size) await page.setViewportSize(size);
}
