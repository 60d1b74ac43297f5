import { pinchOf } from '#lib/pinch.ts';
import type { Point } from './seat-view.ts';

export interface GestureHandlers {
  onpan(by: Point): void;
  /** Fingers or wheel: the scale times `factor`, around `at`. */
  onzoom(at: Point, factor: number): void;
  ontap(at: Point): void;
}

/** A finger that moved less than this has tapped. */
const tapSlopPx = 8;

/** A wheel notch of 100 px is about a fifth of the scale. */
const zoomPerWheelPx = 0.002;

/** Turns fingers, mouse and wheel on `node` into pans, zooms and taps, in pixels of the node. Answers how to stop. */
export function listenForGestures(node: HTMLElement, handlers: GestureHandlers): () => void {
  const pointers = new Map<number, Point>();
  let travelled = 0;

  const place = (event: MouseEvent): Point => {
    const box = node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function down(event: PointerEvent) {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, place(event));
  }

  function move(event: PointerEvent) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (!other) {
      if (travelled > tapSlopPx) handlers.onpan({ x: now.x - before.x, y: now.y - before.y });
      return;
    }
    const { by, at, factor } = pinchOf({ from: before, to: now }, other);
    handlers.onpan(by);
    handlers.onzoom(at, factor);
    travelled = Infinity;
  }

  function up(event: PointerEvent) {
    const known = pointers.delete(event.pointerId);
    if (known && pointers.size === 0 && event.type === 'pointerup' && travelled <= tapSlopPx)
      handlers.ontap(place(event));
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    handlers.onzoom(place(event), Math.exp(-event.deltaY * zoomPerWheelPx));
  }

  node.addEventListener('pointerdown', down);
  node.addEventListener('pointermove', move);
  node.addEventListener('pointerup', up);
  node.addEventListener('pointercancel', up);
  node.addEventListener('wheel', wheel, { passive: false });
  return () => {
    node.removeEventListener('pointerdown', down);
    node.removeEventListener('pointermove', move);
    node.removeEventListener('pointerup', up);
    node.removeEventListener('pointercancel', up);
    node.removeEventListener('wheel', wheel);
  };
}
