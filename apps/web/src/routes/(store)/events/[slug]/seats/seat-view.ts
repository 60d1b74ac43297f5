import type { Box, Seat } from './seat-plan.ts';

/** How the map lies under the window: pixel = unit × scale + offset. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A seat is hit within this many pixels of its middle: half a thumb. */
const hitRadiusPx = 22;

/** The whole map in the window, in the middle. */
export function fit(bounds: Box, size: Size): View {
  const scale = Math.min(size.width / bounds.width, size.height / bounds.height);
  return {
    scale,
    x: (size.width - bounds.width * scale) / 2 - bounds.left * scale,
    y: (size.height - bounds.height * scale) / 2 - bounds.top * scale,
  };
}

/** Changes the scale by a factor, within limits, so that the unit under `at` stays under it. */
export function zoomAt(
  view: View,
  at: Point,
  factor: number,
  limits: { min: number; max: number },
): View {
  const scale = Math.min(limits.max, Math.max(limits.min, view.scale * factor));
  const change = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * change, y: at.y - (at.y - view.y) * change };
}

/** Moves the view back so far that the map fills the window, or lies in its middle where it is smaller. */
export function keepInSight(view: View, bounds: Box, size: Size): View {
  return {
    scale: view.scale,
    x: keepAxis(view.x, bounds.left * view.scale, bounds.width * view.scale, size.width),
    y: keepAxis(view.y, bounds.top * view.scale, bounds.height * view.scale, size.height),
  };
}

function keepAxis(offset: number, start: number, length: number, window: number): number {
  if (length <= window) return (window - length) / 2 - start;
  return Math.min(-start, Math.max(window - length - start, offset));
}

/** Moves the view by the least that shows a seat with some room around it. */
export function reveal(view: View, seat: Point, size: Size, roomPx: number): View {
  const px = toPixel(view, seat);
  return {
    scale: view.scale,
    x: view.x + shift(px.x, size.width, roomPx),
    y: view.y + shift(px.y, size.height, roomPx),
  };
}

function shift(at: number, window: number, room: number): number {
  const edge = Math.min(room, window / 2);
  if (at < edge) return edge - at;
  return at > window - edge ? window - edge - at : 0;
}

export function toPixel(view: View, unit: Point): Point {
  return { x: unit.x * view.scale + view.x, y: unit.y * view.scale + view.y };
}

/** The seat a tap at this pixel means: the nearest one within half a thumb. */
export function seatAt(view: View, seats: readonly Seat[], pixel: Point): Seat | undefined {
  let nearest: Seat | undefined;
  let distance = hitRadiusPx;
  for (const seat of seats) {
    const at = toPixel(view, seat);
    const away = Math.hypot(at.x - pixel.x, at.y - pixel.y);
    if (away <= distance) {
      nearest = seat;
      distance = away;
    }
  }
  return nearest;
}
