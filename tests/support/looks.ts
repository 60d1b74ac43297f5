/// <reference lib="dom" />
import axe, { type Result, type RunOptions } from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';

const schemes = ['light', 'dark'] as const;
type Light = (typeof schemes)[number];

/** By night nothing differs but colours: what has no colour was looked at by day. */
const ofColours: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** By day and by night: nothing axe objects to, and nothing beside the screen. */
export async function expectGoodLooks(
  page: Page,
  lights: readonly Light[] = schemes,
): Promise<void> {
  for (const colorScheme of lights) {
    await lightUp(page, colorScheme);
    const found = await violations(page, colorScheme === 'dark' ? ofColours : {});
    expect(describe(found), `${colorScheme}, ${page.url()}`).toEqual([]);
  }
  await expectToFit(page);
}

export async function expectToFit(page: Page): Promise<void> {
  const beside = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beside, `${page.url()} is wider than the screen`).toBe(0);
}

/** What axe finds that keeps people out, as `rule: element`. With `rules`, those too that are off by default. */
export async function seriousFaults(
  page: Page,
  rules: RunOptions['rules'] = {},
): Promise<string[]> {
  const found = await violations(page, { rules });
  return describe(found.filter(({ impact }) => impact === 'serious' || impact === 'critical'));
}

function describe(found: readonly Result[]): string[] {
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/**
 * The script is 600 kB, and takes longer to load than to run: a document gets it once. The builder that comes with axe
 * loads it anew each time, and once more into a page that it opens to put the findings of frames together. These pages
 * have no frames.
 */
async function violations(page: Page, options: RunOptions): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (wanted) => {
    const { axe: script } = window as unknown as { axe: typeof axe };
    return (await script.run({ ...wanted, resultTypes: ['violations'] })).violations;
  }, options);
}

/**
 * Shows the page by day or by night. A frame later its colours are on their way, and they are there when nothing moves any
 * more: what inherits a colour sets out for it when that has arrived.
 */
export async function lightUp(page: Page, colorScheme: Light): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((seen) => requestAnimationFrame(seen));
    const moving = () =>
      document.getAnimations().filter(({ effect, playState }) => {
        return playState === 'running' && effect?.getComputedTiming().iterations !== Infinity;
      });
    // Frames are counted: Chromium does not always keep the promise `finished` of a transition that has ended.
    await nextFrame();
    do await nextFrame();
    while (moving().length > 0);
  });
}
