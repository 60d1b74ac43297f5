import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright';
import { afterAll, afterEach } from 'vitest';

/** Chromium as the tests use it: `npm test` names it in CHROMIUM_PATH. */
export function launchOptions(args: string[] = []): LaunchOptions {
  const executablePath = process.env['CHROMIUM_PATH'];
  return { args: ['--no-sandbox', ...args], ...(executablePath ? { executablePath } : {}) };
}

export function launchBrowser(args: string[] = []): Promise<Browser> {
  return chromium.launch(launchOptions(args));
}

/** A browser for all tests of a file. What a test opens in it is closed when it ends. */
export async function testBrowser(args: string[] = []): Promise<Browser> {
  const browser = await launchBrowser(args);
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser.close());
  return browser;
}

/** Until a page's script has started its buttons do nothing; SvelteKit then writes where it announces navigation. */
export async function started(page: Page): Promise<void> {
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}
