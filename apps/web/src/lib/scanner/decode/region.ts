import type { FramePass } from './frame-schedule.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Part of the frame's shorter side that the centre region spans: what the aiming frame on the screen shows, and some more. */
const centreShare = 0.75;
/** A printed barcode is wide: where the frame has room, the region is up to this much wider than high. */
const centreAspectMax = 4 / 3;

/** The part of a frame that a pass reads, in whole pixels of the frame. */
export function regionOf(region: FramePass['region'], width: number, height: number): Rect {
  if (region === 'whole') return { x: 0, y: 0, width, height };
  const side = Math.min(width, height) * centreShare;
  const wide = Math.round(Math.min(side * centreAspectMax, width));
  const high = Math.round(side);
  return {
    x: Math.floor((width - wide) / 2),
    y: Math.floor((height - high) / 2),
    width: wide,
    height: high,
  };
}
