import type { CodeFormat, FoundCode } from './codes.ts';

/** A picture of the camera: moved into the worker, never copied, and closed there. */
export type Frame = VideoFrame | ImageBitmap;

/** To the worker. Each frame is answered before the next one is sent. */
export type ToWorker =
  | { readonly type: 'start'; readonly formats: readonly CodeFormat[] }
  | { readonly type: 'frame'; readonly frame: Frame };

/** One code in one frame, with how far its middle is from the middle of the frame, in pixels of the frame. */
export interface DecodedCode extends Pick<FoundCode, 'text' | 'format'> {
  readonly offCentre: number;
}

/** From the worker: it can read now, or what it read in the frame it was given, the code nearest the middle first. */
export type FromWorker =
  | { readonly type: 'ready'; readonly wasm: boolean }
  | { readonly type: 'read'; readonly codes: readonly DecodedCode[] };
