import { describe, expect, test } from 'vitest';
import { fit, keepInSight, reveal, seatAt, toPixel, zoomAt } from './seat-view.ts';

const bounds = { left: 100, top: 50, width: 200, height: 100 };
const size = { width: 400, height: 400 };
const limits = { min: 0.5, max: 10 };

describe('the view of a seat map', () => {
  test('shows the whole hall in the middle', () => {
    const view = fit(bounds, size);
    expect(view.scale).toBe(2);
    expect(toPixel(view, { x: 200, y: 100 })).toEqual({ x: 200, y: 200 });
  });

  test('zooms around the point under the finger, within limits', () => {
    const before = fit(bounds, size);
    const finger = { x: 100, y: 240 };
    const after = zoomAt(before, finger, 2, limits);
    const unit = {
      x: (finger.x - before.x) / before.scale,
      y: (finger.y - before.y) / before.scale,
    };
    expect(after.scale).toBe(4);
    expect(toPixel(after, unit).x).toBeCloseTo(finger.x);
    expect(toPixel(after, unit).y).toBeCloseTo(finger.y);
    expect(zoomAt(before, finger, 1000, limits).scale).toBe(10);
    expect(zoomAt(before, finger, 0.001, limits).scale).toBe(0.5);
  });

  test('cannot be pushed out of sight', () => {
    const near = zoomAt(fit(bounds, size), { x: 200, y: 200 }, 4, limits);
    const lost = keepInSight({ ...near, x: -100_000, y: 100_000 }, bounds, size);
    expect(toPixel(lost, { x: 300, y: 0 }).x).toBeCloseTo(size.width);
    expect(toPixel(lost, { x: 0, y: 50 }).y).toBeCloseTo(0);
  });

  test('moves just far enough to show a seat', () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(reveal(view, { x: 200, y: 200 }, size, 50)).toEqual(view);
    expect(reveal(view, { x: 500, y: 10 }, size, 50)).toEqual({ scale: 1, x: -150, y: 40 });
  });

  test('a tap means the nearest seat within half a thumb', () => {
    const seat = (id: string, x: number) => ({
      ...{ id, x, y: 0, section: 'S', row: 'A', number: 1 },
      ...{ accessible: false, companion: false, outOfSale: false },
    });
    const seats = [seat('one', 0), seat('two', 30)];
    const view = { scale: 1, x: 0, y: 0 };
    expect(seatAt(view, seats, { x: 12, y: 5 })?.id).toBe('one');
    expect(seatAt(view, seats, { x: 18, y: 5 })?.id).toBe('two');
    expect(seatAt(view, seats, { x: 18, y: 60 })).toBeUndefined();
  });
});
