import { seatsOfSection, seatsOfTable, type SeatPlace } from '@catraca/domain/seat-map';
import { refKey, type Item, type SeatRef } from './seat-draft.svelte.ts';

/*
 * What an item looks like around its own middle, not turned. It is made once for each edition of an item and kept: to move or turn a
 * section of a thousand seats makes nothing anew, and neither do panning and zooming.
 */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A seat around the middle of its item. */
export interface LocalSeat extends SeatRef {
  /** Its `refKey`. */
  key: string;
  seat: SeatPlace;
}

export interface ItemShape {
  seats: readonly LocalSeat[];
  /** Seats that look alike as one path: of a category, or out of sale. Circles, and squares for far away. */
  paths: readonly { category: string; outOfSale: boolean; near: Path2D; far: Path2D }[];
  /** Marks on the seats: for wheelchairs, for companions. */
  accessible: Path2D;
  companions: Path2D;
  rowNames: readonly { name: string; x: number; y: number }[];
  /** In front of the middle of its first row. */
  front: { x: number; y: number };
  seatRadius: number;
  box: Box;
}

const kept = new WeakMap<Item, ItemShape>();

export function shapeOf(item: Item): ItemShape {
  const known = kept.get(item);
  if (known) return known;
  const shape = makeShape(item);
  kept.set(item, shape);
  return shape;
}

function makeShape(item: Item): ItemShape {
  const seats = localSeats(item);
  const seatRadius =
    item.kind === 'rows'
      ? item.seatGap * 0.4
      : item.kind === 'table'
        ? Math.min(item.radius * 0.35, 5)
        : 0;
  const groups = Map.groupBy(seats, ({ seat }) => `${seat.outOfSale ? 'x' : ''}${seat.category}`);
  return {
    seats,
    seatRadius,
    paths: [...groups.values()].map((group) => ({
      category: group[0]?.seat.category ?? '',
      outOfSale: group[0]?.seat.outOfSale ?? false,
      near: pathOf(group, seatRadius, circle),
      far: pathOf(group, seatRadius, square),
    })),
    accessible: pathOf(
      seats.filter(({ seat }) => seat.accessible),
      seatRadius * 0.55,
      square,
    ),
    companions: pathOf(
      seats.filter(({ seat }) => seat.companion),
      seatRadius * 0.5,
      circle,
    ),
    rowNames: rowNames(item, seats),
    front: frontOf(seats, seatRadius),
    box: boxAround(item, seats, seatRadius),
  };
}

function localSeats(item: Item): LocalSeat[] {
  const middle = { x: 0, y: 0, rotation: 0 };
  if (item.kind === 'table') {
    return seatsOfTable({ ...item, ...middle }).map((seat, place) => {
      const ref = { item: item.id, row: 0, place };
      return { ...ref, key: refKey(ref), seat };
    });
  }
  if (item.kind !== 'rows') return [];
  const refs = item.rows.flatMap((row, index) =>
    Array.from({ length: row.seats }, (_, place) => ({ item: item.id, row: index, place })),
  );
  return seatsOfSection({ ...item, ...middle }).flatMap((seat, index) => {
    const ref = refs[index];
    return ref ? [{ ...ref, key: refKey(ref), seat }] : [];
  });
}

function pathOf(
  seats: readonly LocalSeat[],
  radius: number,
  draw: (path: Path2D, x: number, y: number, radius: number) => void,
): Path2D {
  const path = new Path2D();
  for (const { seat } of seats) draw(path, seat.x, seat.y, radius);
  return path;
}

function circle(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

function square(path: Path2D, x: number, y: number, radius: number): void {
  path.rect(x - radius, y - radius, 2 * radius, 2 * radius);
}

function rowNames(item: Item, seats: readonly LocalSeat[]) {
  if (item.kind !== 'rows') return [];
  return item.rows.flatMap((row, index) => {
    const first = seats.find((one) => one.row === index)?.seat;
    return first ? [{ name: row.name, x: first.x - item.seatGap, y: first.y }] : [];
  });
}

/** However the first row bends. */
function frontOf(seats: readonly LocalSeat[], radius: number): { x: number; y: number } {
  const first = seats.filter(({ row }) => row === 0);
  const left = first[Math.floor((first.length - 1) / 2)]?.seat;
  const right = first[Math.ceil((first.length - 1) / 2)]?.seat;
  if (!left || !right) return { x: 0, y: 0 };
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 - radius };
}

function boxAround(item: Item, seats: readonly LocalSeat[], radius: number): Box {
  if (item.kind === 'standing' || item.kind === 'label') {
    const [halfWidth, halfHeight] = [item.width / 2, item.height / 2];
    return { left: -halfWidth, top: -halfHeight, right: halfWidth, bottom: halfHeight };
  }
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { seat } of seats) {
    box.left = Math.min(box.left, seat.x - radius);
    box.top = Math.min(box.top, seat.y - radius);
    box.right = Math.max(box.right, seat.x + radius);
    box.bottom = Math.max(box.bottom, seat.y + radius);
  }
  return box;
}

/** A place of the hall as the item sees it: around its middle, not turned. */
export function toItem(item: Item, x: number, y: number): { x: number; y: number } {
  const angle = (-item.rotation * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [awayX, awayY] = [x - item.x, y - item.y];
  return { x: awayX * cos - awayY * sin, y: awayX * sin + awayY * cos };
}

export function fromItem(item: Item, x: number, y: number): { x: number; y: number } {
  return turnOf(item)(x, y);
}

/** The same for many places of one item: how it is turned is worked out once. */
export function turnOf({ x: middleX, y: middleY, rotation }: Item) {
  const angle = (rotation * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return (x: number, y: number) => ({
    x: middleX + x * cos - y * sin,
    y: middleY + x * sin + y * cos,
  });
}

/** The item's box in the hall: of its turned corners. */
export function hallBox(item: Item): Box {
  const { left, top, right, bottom } = shapeOf(item).box;
  const corners = [
    fromItem(item, left, top),
    fromItem(item, right, top),
    fromItem(item, right, bottom),
    fromItem(item, left, bottom),
  ];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}
