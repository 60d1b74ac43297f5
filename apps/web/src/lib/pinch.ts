/** A place on the screen or in a window of it, in CSS pixels. */
interface Point {
  x: number;
  y: number;
}

/** What two fingers did while one of them moved: their middle went `by`, and around `at` all is `factor` as large. */
export interface Pinch {
  by: Point;
  at: Point;
  factor: number;
}

export function pinchOf(moving: { from: Point; to: Point }, resting: Point): Pinch {
  const { from, to } = moving;
  const spread = Math.hypot(from.x - resting.x, from.y - resting.y);
  return {
    // Of two fingers the middle goes half as far as the one that moves.
    by: { x: (to.x - from.x) / 2, y: (to.y - from.y) / 2 },
    at: { x: (to.x + resting.x) / 2, y: (to.y + resting.y) / 2 },
    factor: spread > 0 ? Math.hypot(to.x - resting.x, to.y - resting.y) / spread : 1,
  };
}
