import { touches } from './find-in-hall.ts';
import { hallBox, shapeOf, turnOf, type Box } from './hall-shapes.ts';
import type { Item, SeatRef } from './seat-draft.svelte.ts';

/** How the hall lies under the window: pixel = unit × scale + offset. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** Colours of the page, as CSS resolved them for light or dark. */
export interface HallPalette {
  ground: string;
  surface: string;
  ink: string;
  soft: string;
  line: string;
  brand: string;
  accent: string;
  font: string;
}

export interface HallScene {
  items: readonly Item[];
  size: { width: number; height: number };
  view: View;
  selected: ReadonlySet<string>;
  picked: ReadonlyMap<string, SeatRef>;
  /** How far the selected items are being dragged, in units. */
  dragged: { x: number; y: number };
  /** A box that is being drawn, in units of the hall. */
  band: Box | undefined;
  colourOf: (category: string) => string;
  palette: HallPalette;
}

/** From this radius (px) on a seat is round and has room for its number. */
const roundFromPx = 4;
const numberFromPx = 9;
const namePx = 14;
/** How far a name may stand from what it is the name of. */
const namesRoomPx = 200;

/** Draws the hall: a path for each category of each item, so that five thousand seats cost a few dozen calls. */
export function paintHall(ctx: CanvasRenderingContext2D, scene: HallScene, ratio: number): void {
  const { size, view, palette, selected, dragged } = scene;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = palette.ground;
  ctx.fillRect(0, 0, size.width, size.height);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const sight = {
    left: -view.x / view.scale,
    top: -view.y / view.scale,
    right: (size.width - view.x) / view.scale,
    bottom: (size.height - view.y) / view.scale,
  };
  // Names stand beside their things: those that are just out of sight have some to show.
  const namesRoom = namesRoomPx / view.scale;
  const near: Item[] = [];
  for (const item of scene.items) {
    const isSelected = selected.has(item.id);
    const by = isSelected ? dragged : still;
    const box = moved(hallBox(item), by);
    if (touches(box, grown(sight, namesRoom))) near.push(item);
    if (!touches(box, sight)) continue;
    ctx.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
    ctx.translate(item.x + by.x, item.y + by.y);
    ctx.rotate((item.rotation * Math.PI) / 180);
    paintItem(ctx, scene, item);
    if (isSelected) paintFrame(ctx, scene, item);
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintNames(ctx, scene, near);
  paintPicked(ctx, scene, near);
  if (scene.band) paintBand(ctx, scene, scene.band);
}

const still = { x: 0, y: 0 };

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function moved(box: Box, by: { x: number; y: number }): Box {
  return {
    left: box.left + by.x,
    top: box.top + by.y,
    right: box.right + by.x,
    bottom: box.bottom + by.y,
  };
}

function paintItem(ctx: CanvasRenderingContext2D, scene: HallScene, item: Item): void {
  const { palette, view, colourOf } = scene;
  if (item.kind === 'standing' || item.kind === 'label') {
    const { width, height } = item;
    ctx.fillStyle = item.kind === 'standing' ? colourOf(item.category) : palette.soft;
    ctx.globalAlpha = item.kind === 'standing' ? 0.35 : item.shape === 'stage' ? 0.9 : 0.12;
    ctx.fillRect(-width / 2, -height / 2, width, height);
    ctx.globalAlpha = 1;
    return;
  }
  const shape = shapeOf(item);
  if (item.kind === 'table') paintTable(ctx, item, palette);
  const radius = shape.seatRadius * view.scale;
  for (const { category, outOfSale, near, far } of shape.paths) {
    ctx.fillStyle = outOfSale ? palette.line : colourOf(category);
    ctx.globalAlpha = outOfSale ? 0.5 : 1;
    ctx.fill(radius >= roundFromPx ? near : far);
    ctx.globalAlpha = 1;
  }
  ctx.fillStyle = palette.surface;
  ctx.fill(shape.accessible);
  ctx.strokeStyle = palette.surface;
  ctx.lineWidth = shape.seatRadius * 0.25;
  ctx.stroke(shape.companions);
}

function paintTable(
  ctx: CanvasRenderingContext2D,
  item: Extract<Item, { kind: 'table' }>,
  palette: HallPalette,
): void {
  const radius = item.radius * 0.6;
  ctx.fillStyle = palette.surface;
  ctx.strokeStyle = palette.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  if (item.shape === 'round') ctx.arc(0, 0, radius, 0, 2 * Math.PI);
  else ctx.rect(-radius, -radius, 2 * radius, 2 * radius);
  ctx.fill();
  ctx.stroke();
}

function paintFrame(ctx: CanvasRenderingContext2D, { view, palette }: HallScene, item: Item): void {
  const { left, top, right, bottom } = shapeOf(item).box;
  const room = 6 / view.scale;
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2.5 / view.scale;
  ctx.strokeRect(left - room, top - room, right - left + 2 * room, bottom - top + 2 * room);
}

type Place = { x: number; y: number };

/** Names of items, of rows and, from near, numbers of seats. In pixels, so that they are upright and of one size. */
function paintNames(ctx: CanvasRenderingContext2D, scene: HallScene, items: readonly Item[]): void {
  const { view, palette, selected, dragged, size } = scene;
  const isSeen = ({ x, y }: Place) =>
    x > -40 && y > -40 && x < size.width + 40 && y < size.height + 40;
  for (const item of items) {
    const by = selected.has(item.id) ? dragged : still;
    const turn = turnOf(item);
    const pixel = (x: number, y: number): Place => {
      const at = turn(x, y);
      return { x: (at.x + by.x) * view.scale + view.x, y: (at.y + by.y) * view.scale + view.y };
    };
    const { rowNames, seats, seatRadius } = shapeOf(item);
    const radius = seatRadius * view.scale;
    ctx.font = `600 ${namePx}px ${palette.font}`;
    paintItemName(ctx, scene, item, pixel);
    if (radius < roundFromPx) continue;
    ctx.fillStyle = palette.soft;
    for (const { name, x, y } of rowNames) {
      const at = pixel(x, y);
      if (isSeen(at)) ctx.fillText(name, at.x, at.y);
    }
    if (radius < numberFromPx) continue;
    ctx.fillStyle = palette.surface;
    ctx.font = `600 ${Math.round(radius)}px ${palette.font}`;
    for (const { seat } of seats) {
      if (seat.accessible) continue;
      const at = pixel(seat.x, seat.y);
      if (isSeen(at)) ctx.fillText(String(seat.number), at.x, at.y);
    }
  }
}

/** On the middle of the item; of rows, from near, in front of the first, where it hides no seat. */
function paintItemName(
  ctx: CanvasRenderingContext2D,
  { view, palette }: HallScene,
  item: Item,
  pixel: (x: number, y: number) => Place,
): void {
  const { box, front, seatRadius } = shapeOf(item);
  // From afar names would lie on one another; what is but a name is read from everywhere.
  const width = (box.right - box.left) * view.scale;
  if (item.kind !== 'label' && ctx.measureText(item.name).width > width) return;
  const isFar = seatRadius * view.scale < roundFromPx;
  const at =
    item.kind === 'rows' && !isFar
      ? pixel(front.x, front.y - namePx / view.scale)
      : pixel((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  ctx.fillStyle = item.kind === 'label' && item.shape === 'stage' ? palette.surface : palette.ink;
  if (item.kind === 'rows' && isFar) {
    ctx.strokeStyle = palette.ground;
    ctx.lineWidth = 5;
    ctx.strokeText(item.name, at.x, at.y);
  }
  ctx.fillText(item.name, at.x, at.y);
}

function paintPicked(
  ctx: CanvasRenderingContext2D,
  { picked, view, palette }: HallScene,
  items: readonly Item[],
): void {
  if (picked.size === 0) return;
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2.5;
  ctx.beginPath();
  for (const item of items) {
    const { seats, seatRadius } = shapeOf(item);
    const radius = seatRadius * view.scale + 2;
    const turn = turnOf(item);
    for (const { key, seat } of seats) {
      if (!picked.has(key)) continue;
      const at = turn(seat.x, seat.y);
      const [x, y] = [at.x * view.scale + view.x, at.y * view.scale + view.y];
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  ctx.stroke();
}

function paintBand(ctx: CanvasRenderingContext2D, { view, palette }: HallScene, band: Box): void {
  const [x, y] = [band.left * view.scale + view.x, band.top * view.scale + view.y];
  const [width, height] = [
    (band.right - band.left) * view.scale,
    (band.bottom - band.top) * view.scale,
  ];
  ctx.fillStyle = palette.brand;
  ctx.globalAlpha = 0.12;
  ctx.fillRect(x, y, width, height);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.brand;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x, y, width, height);
}
