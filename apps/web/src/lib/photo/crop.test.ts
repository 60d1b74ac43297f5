import { describe, expect, test } from 'vitest';
import { firstCrop, movedCrop, shownPart } from './crop.ts';

const frame = { width: 480, height: 600 };
const picture = { width: 1000, height: 800 };

describe('a crop', () => {
  test('shows as much as there is at first', () => {
    const part = shownPart(picture, frame, firstCrop(picture));
    expect(part).toEqual({ width: 640, height: 800, x: 180, y: 0 });
  });

  test('never shows what is beside the picture', () => {
    const far = movedCrop(picture, frame, firstCrop(picture), { x: 9, y: -9 });
    expect(shownPart(picture, frame, far)).toEqual({ width: 640, height: 800, x: 0, y: 0 });
    const zoomed = { x: 1e6, y: 1e6, zoom: 99 };
    expect(shownPart(picture, frame, zoomed)).toEqual({ width: 160, height: 200, x: 840, y: 600 });
  });

  test('follows the finger from where it is, and does not gather what the edge took', () => {
    const edge = movedCrop(picture, frame, firstCrop(picture), { x: 9, y: 0 });
    const back = movedCrop(picture, frame, edge, { x: -0.1, y: 0 });
    expect(shownPart(picture, frame, back).x).toBe(64);
  });
});
