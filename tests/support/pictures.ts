import type { Page } from 'playwright';

/** Where pictures of the pages go, for whoever wants to look at them. */
const folder = process.env['CATRACA_PICTURES'];

/** Takes a picture of a page on a phone and on a laptop, by day and by night; nothing where no folder is given. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({
        path: `${folder}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
