import { fromItem, hallBox, shapeOf, toItem, type Box } from './hall-shapes.ts';
import type { Item, SeatRef } from './seat-draft.svelte.ts';

interface Point {
  x: number;
  y: number;
}

/** Units beside a thing that still mean it. */
const slack = 4;

/** The item at a place of the hall: the last drawn, which lies on top. */
export function itemAt(items: readonly Item[], { x, y }: Point): Item | undefined {
  return items.findLast((item) => {
    const { left, top, right, bottom } = shapeOf(item).box;
    const at = toItem(item, x, y);
    return (
      at.x >= left - slack && at.x <= right + slack && at.y >= top - slack && at.y <= bottom + slack
    );
  });
}

/** The seat at a place: the nearest of the item that is there. */
export function seatAt(items: readonly Item[], place: Point): SeatRef | undefined {
  const item = itemAt(items, place);
  if (!item) return undefined;
  const { seats, seatRadius } = shapeOf(item);
  const at = toItem(item, place.x, place.y);
  const near = seats.find(
    ({ seat }) => Math.hypot(seat.x - at.x, seat.y - at.y) <= seatRadius * 1.25,
  );
  return near && { item: near.item, row: near.row, place: near.place };
}

export function boxBetween(a: Point, b: Point): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}

export function touches(a: Box, b: Box): boolean {
  return a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top;
}

/** Seats within a box of the hall. */
export function seatsIn(items: readonly Item[], box: Box): SeatRef[] {
  return items
    .filter((item) => touches(hallBox(item), box))
    .flatMap((item) =>
      shapeOf(item).seats.filter(({ seat }) => {
        const { x, y } = fromItem(item, seat.x, seat.y);
        return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      }),
    )
    .map(({ item, row, place }) => ({ item, row, place }));
}

/** How far a move should go so that the items come into line with others, or onto the grid. Units. */
export function snap(
  items: readonly Item[],
  selected: ReadonlySet<string>,
  by: Point,
  reach: number,
): Point {
  const moving = items.filter(({ id }) => selected.has(id));
  const others = items.filter(({ id }) => !selected.has(id));
  const [first] = moving;
  if (!first) return by;
  return {
    x:
      snapAxis(
        first.x + by.x,
        others.map(({ x }) => x),
        reach,
      ) - first.x,
    y:
      snapAxis(
        first.y + by.y,
        others.map(({ y }) => y),
        reach,
      ) - first.y,
  };
}

const grid = 5;

function snapAxis(at: number, lines: readonly number[], reach: number): number {
  const nearest = lines.reduce(
    (best, line) => (Math.abs(line - at) < Math.abs(best - at) ? line : best),
    Infinity,
  );
  return Math.abs(nearest - at) <= reach ? nearest : Math.round(at / grid) * grid;
}
