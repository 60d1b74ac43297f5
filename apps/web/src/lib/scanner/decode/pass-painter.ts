import type { FramePass } from './frame-schedule.ts';
import { regionOf } from './region.ts';
import { sharpen } from './sharpen.ts';
import type { Frame } from './worker-messages.ts';

/** Cuts out, enlarges and sharpens what a pass reads of a frame, on one canvas that is used again and again. */
export class PassPainter {
  readonly #canvas = new OffscreenCanvas(1, 1);
  // `willReadFrequently` keeps the canvas in memory: the pixels are read back after every drawing.
  readonly #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });

  paint(frame: Frame, pass: FramePass): ImageData {
    const context = this.#context;
    if (!context) throw new Error('this browser gives no 2d context to a worker');
    const { width: frameWidth, height: frameHeight } = sizeOf(frame);
    const { x, y, width, height } = regionOf(pass.region, frameWidth, frameHeight);
    const wide = width * pass.scale;
    const high = height * pass.scale;
    // Setting a size clears the canvas even when it is the same: only when it changes.
    if (this.#canvas.width !== wide) this.#canvas.width = wide;
    if (this.#canvas.height !== high) this.#canvas.height = high;
    context.drawImage(frame, x, y, width, height, 0, 0, wide, high);
    const picture = context.getImageData(0, 0, wide, high);
    if (pass.sharpen) sharpen(picture);
    return picture;
  }
}

function sizeOf(frame: Frame): { width: number; height: number } {
  return frame instanceof ImageBitmap
    ? { width: frame.width, height: frame.height }
    : { width: frame.displayWidth, height: frame.displayHeight };
}
