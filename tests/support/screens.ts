import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach } from 'vitest';
import { launchBrowser } from './browser.ts';

const sizes = { phone: { width: 390, height: 844 }, laptop: { width: 1440, height: 900 } };
export const phone = { viewport: sizes.phone, locale: 'en-GB' };
export const laptop = { viewport: sizes.laptop, locale: 'en-GB' };

export interface Screens {
  /** What a test opens in it is closed when it ends. */
  browser: Browser;
  onPhone(): Promise<Page>;
  /** Looks at both: one has the processor while the other waits for its answers and its colours. */
  onBoth(look: (page: Page) => Promise<void>): Promise<void>;
}

/**
 * A browser with a phone and a laptop that all tests of a file share, cookies and all: what one page has loaded is there
 * for the next. To load it anew takes longer than everything else that a test of looks does.
 */
export async function testScreens(
  cookies: Parameters<BrowserContext['addCookies']>[0] = [],
): Promise<Screens> {
  const browser = await launchBrowser();
  const shared = await Promise.all(
    [phone, laptop].map(async (options) => {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
      await context.addCookies(cookies);
      return context;
    }),
  );
  const [onPhone] = shared;
  assert(onPhone);
  afterEach(async () => {
    const others = browser.contexts().filter((context) => !shared.includes(context));
    const pages = shared.flatMap((context) => context.pages());
    await Promise.all([...others, ...pages].map((one) => one.close()));
  });
  afterAll(() => browser.close());
  return {
    browser,
    onPhone: () => onPhone.newPage(),
    onBoth: async (look) => {
      await Promise.all(shared.map(async (context) => look(await context.newPage())));
    },
  };
}
