import type { Drawn, Seat, SeatPlan } from './seat-plan.ts';
import { toPixel, type Size, type View } from './seat-view.ts';

/** What a seat is to this buyer. Each has a shape of its own: colour never speaks alone. */
export type SeatStatus = 'free' | 'chosen' | 'held' | 'sold' | 'closed';

/** Colours of the page, as CSS resolved them for light or dark. */
export interface Palette {
  free: string;
  chosen: string;
  onChosen: string;
  taken: string;
  ink: string;
  soft: string;
  stage: string;
  surface: string;
  focus: string;
  font: string;
}

export interface Scene {
  plan: SeatPlan;
  view: View;
  size: Size;
  statusOf: (seat: Seat) => SeatStatus;
  /** The seat the keyboard is on, when the map has the focus. */
  cursor: Seat | undefined;
  stageLabel: string;
}

/** From this radius on a seat has room for its number. */
const numberFromPx = 10;
/** Below this radius the sections are named instead of the rows. */
const rowsFromPx = 5;
const textPx = 14;
/** Its name fits, from however far one looks. */
const stageHeightMinPx = 22;

/** Draws the map: one path for each kind of seat, so that two thousand cost a few calls. */
export function paintSeats(ctx: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { size, view, plan } = scene;
  ctx.clearRect(0, 0, size.width, size.height);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const radius = plan.pitch * view.scale * 0.4;
  const seen = plan.seats.filter((seat) => isInSight(scene, seat, radius));
  paintStage(ctx, scene, palette);
  for (const thing of plan.drawn) paintDrawn(ctx, scene, thing, palette);
  paintTaken(ctx, scene, seen, radius, palette);
  paintFree(ctx, scene, seen, radius, palette);
  paintChosen(ctx, scene, seen, radius, palette);
  if (radius >= rowsFromPx) paintRowNames(ctx, scene, radius, palette);
  else paintSectionNames(ctx, scene, palette);
  if (scene.cursor) paintCursor(ctx, scene, scene.cursor, radius, palette);
}

function isInSight({ view, size }: Scene, seat: Seat, radius: number): boolean {
  const { x, y } = toPixel(view, seat);
  return x > -radius && y > -radius && x < size.width + radius && y < size.height + radius;
}

function paintStage(ctx: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { stage } = scene.plan;
  if (!stage) return;
  const { scale } = scene.view;
  const front = toPixel(scene.view, { x: stage.left, y: stage.top + stage.height });
  const width = stage.width * scale;
  const height = Math.max(stageHeightMinPx, stage.height * scale);
  ctx.fillStyle = palette.stage;
  ctx.beginPath();
  ctx.roundRect(front.x, front.y - height, width, height, 4);
  ctx.fill();
  ctx.fillStyle = palette.surface;
  ctx.font = `600 ${Math.max(textPx, height * 0.4)}px ${palette.font}`;
  ctx.fillText(scene.stageLabel, front.x + width / 2, front.y - height / 2);
}

/** A table, a standing block, a stage or a word, turned as it was drawn. */
function paintDrawn(
  ctx: CanvasRenderingContext2D,
  { view }: Scene,
  { name, shape, x, y, width, height, rotation }: Drawn,
  palette: Palette,
): void {
  const at = toPixel(view, { x, y });
  const [across, down] = [width * view.scale, height * view.scale];
  ctx.save();
  ctx.translate(at.x, at.y);
  ctx.rotate((rotation * Math.PI) / 180);
  ctx.fillStyle = palette.stage;
  ctx.globalAlpha = shape === 'stage' ? 1 : 0.18;
  ctx.beginPath();
  if (shape === 'round') ctx.arc(0, 0, across / 2, 0, 2 * Math.PI);
  else ctx.roundRect(-across / 2, -down / 2, across, down, 4);
  if (shape !== 'text') ctx.fill();
  ctx.restore();
  const isTable = shape === 'round' || shape === 'square';
  if (isTable && across < tableNameFromPx) return;
  ctx.fillStyle = shape === 'stage' ? palette.surface : palette.ink;
  ctx.font = `600 ${textPx}px ${palette.font}`;
  ctx.fillText(name, at.x, at.y);
}

/** A table so wide has room for its name. */
const tableNameFromPx = 40;

/** Out of sale: a dot. Sold: a cross. Held: an empty ring, since it may come back. */
function paintTaken(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  seen: Seat[],
  radius: number,
  palette: Palette,
): void {
  ctx.strokeStyle = palette.taken;
  ctx.lineWidth = Math.max(1.25, radius * 0.18);
  ctx.beginPath();
  for (const seat of seen) {
    const status = scene.statusOf(seat);
    const { x, y } = toPixel(scene.view, seat);
    if (status === 'sold') cross(ctx, x, y, Math.max(2, radius * 0.5));
    if (status === 'closed') circle(ctx, x, y, Math.max(1, radius * 0.15));
    if (status === 'held') outline(ctx, seat, x, y, radius * 0.85);
  }
  ctx.stroke();
}

/** Free: a full disc, or a full square where a wheelchair fits. */
function paintFree(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  seen: Seat[],
  radius: number,
  palette: Palette,
): void {
  const free = seen.filter((seat) => scene.statusOf(seat) === 'free');
  ctx.fillStyle = palette.free;
  ctx.beginPath();
  for (const seat of free) {
    const { x, y } = toPixel(scene.view, seat);
    outline(ctx, seat, x, y, radius);
  }
  ctx.fill();
  paintCompanions(ctx, scene, free, radius, palette);
  if (radius < numberFromPx) return;
  ctx.fillStyle = palette.surface;
  ctx.font = `600 ${radius}px ${palette.font}`;
  for (const seat of free) {
    const { x, y } = toPixel(scene.view, seat);
    ctx.fillText(String(seat.number), x, y);
  }
}

/** For companions: a ring inside. */
function paintCompanions(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  free: Seat[],
  radius: number,
  palette: Palette,
): void {
  ctx.strokeStyle = palette.surface;
  ctx.lineWidth = Math.max(1, radius * 0.14);
  ctx.beginPath();
  for (const seat of free) {
    if (!seat.companion) continue;
    const { x, y } = toPixel(scene.view, seat);
    circle(ctx, x, y, radius * 0.72);
  }
  ctx.stroke();
}

/** Chosen: larger, in ink, with a tick. */
function paintChosen(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  seen: Seat[],
  radius: number,
  palette: Palette,
): void {
  const chosen = seen.filter((seat) => scene.statusOf(seat) === 'chosen');
  const grown = Math.max(radius * 1.2, 5);
  ctx.fillStyle = palette.chosen;
  ctx.strokeStyle = palette.onChosen;
  ctx.lineWidth = Math.max(1.5, grown * 0.22);
  for (const seat of chosen) {
    const { x, y } = toPixel(scene.view, seat);
    ctx.beginPath();
    outline(ctx, seat, x, y, grown);
    ctx.fill();
    ctx.beginPath();
    ctx.moveTo(x - grown * 0.42, y);
    ctx.lineTo(x - grown * 0.1, y + grown * 0.34);
    ctx.lineTo(x + grown * 0.46, y - grown * 0.34);
    ctx.stroke();
  }
}

function paintRowNames(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  radius: number,
  palette: Palette,
): void {
  ctx.fillStyle = palette.soft;
  ctx.font = `600 ${Math.min(18, Math.max(textPx, radius))}px ${palette.font}`;
  for (const section of scene.plan.sections) {
    for (const row of section.rows) {
      const first = row.seats[0];
      const second = row.seats[1];
      if (!first) continue;
      // One seat further than the first, away from the second.
      const before = second
        ? { x: 2 * first.x - second.x, y: 2 * first.y - second.y }
        : { x: first.x - scene.plan.pitch, y: first.y };
      const { x, y } = toPixel(scene.view, before);
      ctx.fillText(row.name, x, y);
    }
  }
}

function paintSectionNames(ctx: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  ctx.font = `700 16px ${palette.font}`;
  ctx.lineWidth = 5;
  ctx.strokeStyle = palette.surface;
  ctx.fillStyle = palette.ink;
  for (const section of scene.plan.sections) {
    // A table's name stands on it.
    if (section.rows.every(({ name }) => name === '')) continue;
    const { x, y } = toPixel(scene.view, section);
    ctx.strokeText(section.name, x, y);
    ctx.fillText(section.name, x, y);
  }
}

function paintCursor(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  cursor: Seat,
  radius: number,
  palette: Palette,
): void {
  const { x, y } = toPixel(scene.view, cursor);
  ctx.strokeStyle = palette.focus;
  ctx.lineWidth = 3;
  ctx.beginPath();
  outline(ctx, cursor, x, y, Math.max(radius * 1.2, 5) + 4);
  ctx.stroke();
}

function outline(
  ctx: CanvasRenderingContext2D,
  seat: Seat,
  x: number,
  y: number,
  radius: number,
): void {
  if (seat.accessible) {
    ctx.roundRect(x - radius, y - radius, radius * 2, radius * 2, radius * 0.3);
  } else {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.moveTo(x + radius, y);
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.moveTo(x - radius, y - radius);
  ctx.lineTo(x + radius, y + radius);
  ctx.moveTo(x + radius, y - radius);
  ctx.lineTo(x - radius, y + radius);
}
