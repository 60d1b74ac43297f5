/// <reference lib="dom" />
import type { Page } from 'playwright';

export const acts = ['pan', 'zoom', 'drag a section'] as const;
export type Act = (typeof acts)[number];

export interface Frames {
  /** Frames a second while it was done. */
  perSecond: number;
  /** Milliseconds between two frames. */
  p50: number;
  p95: number;
  worst: number;
  /** Milliseconds a second in which the page's own thread did work that was longer than 50 ms. */
  blockedMsPerSecond: number;
}

/** Does something with the pointer for so many seconds, and tells how evenly frames came meanwhile. */
export async function measureFrames(page: Page, act: Act, seconds: number): Promise<Frames> {
  const box = await page.getByRole('application').locator('canvas').boundingBox();
  if (!box) throw new Error('There is no hall on the page.');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // The ground to pan by is in the corner; a section lies in the middle.
  const start = act === 'pan' ? { x: box.x + 12, y: box.y + 12 } : middle;
  await page.mouse.move(start.x, start.y);
  if (act !== 'zoom') await page.mouse.down();
  await watch(page);
  const ends = performance.now() + seconds * 1_000;
  for (let step = 0; performance.now() < ends; step++) {
    const way = Math.sin(step / 12);
    if (act === 'zoom') await page.mouse.wheel(0, way * 60);
    else await page.mouse.move(start.x + way * 160 + 170, start.y + Math.cos(step / 9) * 60 + 70);
  }
  const frames = await watched(page, seconds);
  if (act !== 'zoom') await page.mouse.up();
  return frames;
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], blockedMs: 0, on: true };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.blockedMs += duration - 50;
    }).observe({ entryTypes: ['longtask'] });
    const next = (at: number) => {
      seen.frames.push(at);
      if (seen.on) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

async function watched(page: Page, seconds: number): Promise<Frames> {
  const { frames, blockedMs } = await page.evaluate(() => {
    const { seen } = window as unknown as {
      seen: { frames: number[]; blockedMs: number; on: boolean };
    };
    seen.on = false;
    return { frames: seen.frames, blockedMs: seen.blockedMs };
  });
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const sorted = gaps.toSorted((a, b) => a - b);
  const part = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const tookMs = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
  return {
    ...{ perSecond: (gaps.length / tookMs) * 1_000, p50: part(0.5), p95: part(0.95) },
    ...{ worst: part(1), blockedMsPerSecond: blockedMs / seconds },
  };
}
