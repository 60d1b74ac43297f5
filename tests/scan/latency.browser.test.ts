/// <reference lib="dom" />
import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { emptyLevel, filmArguments, makeFilm, paperLevel } from '../support/film.ts';
import { startSite } from '../support/site.ts';
import { openScanner } from './scanner.ts';

const codes = 20;

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-latency-'));
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

/**
 * Says how long a person waits: from the first picture with the code to the verdict on the screen. The times are
 * printed, not asserted: they are the machine's as much as the product's.
 */
test('every ticket of a queue is answered while it is held before the camera', async ({
  annotate,
}) => {
  const passes = await makePasses(db, event, event.types.once, codes);
  const film = makeFilm(
    passes.map(({ token }) => token),
    path.join(folder, 'queue.y4m'),
    { framesPerSecond: 15 },
  );
  const browser = await launchBrowser(filmArguments(film));
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
    await openScanner(page, site, db, event);
    const times = await watch(page, codes);
    const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? NaN);
    const words = `code in view to verdict: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, ${times.length} codes`;
    await annotate(words);
    console.info(words);
    expect(times).toHaveLength(codes);
  } finally {
    await browser.close();
  }
});

/** Milliseconds for each of so many codes, in ascending order. */
async function watch(page: Page, count: number): Promise<number[]> {
  const times = await page.evaluate(
    ({ wanted, threshold }) =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector('video');
        const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
        const brush = pixel.getContext('2d', { willReadFrequently: true });
        const found: number[] = [];
        let shownAt: number | undefined;
        let wasPaper = true;
        const look = () => {
          if (!video || !brush) return;
          // A corner of the picture: paper as long as a code is shown.
          brush.drawImage(video, 0, 0, 8, 8, 0, 0, 1, 1);
          const isPaper = (brush.getImageData(0, 0, 1, 1).data[0] ?? 0) > threshold;
          if (isPaper && !wasPaper) shownAt = performance.now();
          wasPaper = isPaper;
          video.requestVideoFrameCallback(look);
        };
        look();
        new MutationObserver(() => {
          const verdict = document.querySelector(
            '[data-verdict="admitted"], [data-verdict="already_used"]',
          );
          if (!verdict || shownAt === undefined) return;
          found.push(performance.now() - shownAt);
          shownAt = undefined;
          verdict.querySelector('button')?.click();
          if (found.length === wanted) resolve(found);
        }).observe(document.body, { childList: true, subtree: true, attributes: true });
      }),
    { wanted: count, threshold: (emptyLevel + paperLevel) / 2 },
  );
  return times.toSorted((a, b) => a - b);
}
