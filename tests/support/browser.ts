import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright';

/** Chromium as the tests use it: `npm test` names it in CHROMIUM_PATH. */
export function launchBrowser(args: string[] = []): Promise<Browser> {
  const options: LaunchOptions = { args: ['--no-sandbox', ...args] };
  const executablePath = process.env['CHROMIUM_PATH'];
  return chromium.launch(executablePath ? { ...options, executablePath } : options);
}

/** Shows the page by day or by night. A frame later its colours are on their way, and they are there when nothing moves any more. */
export async function lightUp(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    const moving = document.getAnimations().filter(({ effect }) => {
      return effect?.getComputedTiming().iterations !== Infinity;
    });
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}
