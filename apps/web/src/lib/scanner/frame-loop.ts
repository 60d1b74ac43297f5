import type { CodeFormat } from './decode/codes.ts';
import { Decoder } from './decode/decoder.ts';
import type { DecodedCode, Frame } from './decode/worker-messages.ts';

/** Frames read a second, at most: more would empty the battery and find nothing sooner than an eye sees it. */
const framesPerSecondMax = 20;

/**
 * Gives the video's newest frame to the decoder whenever it is free. `onread` is called for each frame that was read.
 * `onfail`: this browser cannot decode in a worker.
 */
export class FrameLoop {
  readonly #video: HTMLVideoElement;
  readonly #decoder: Decoder;
  #nextAtMs = 0;
  #grabbing = false;
  #stopped = false;

  constructor(
    video: HTMLVideoElement,
    formats: readonly CodeFormat[],
    handlers: { onread(codes: readonly DecodedCode[]): void; onfail(): void },
  ) {
    this.#video = video;
    this.#decoder = new Decoder(formats, handlers);
    this.#awaitFrame();
  }

  stop(): void {
    this.#stopped = true;
    this.#decoder.stop();
  }

  #awaitFrame(): void {
    if (this.#stopped) return;
    // Firefox before 132 does not tell of video frames: there the screen's frames are looked at.
    if (this.#video.requestVideoFrameCallback) {
      this.#video.requestVideoFrameCallback((nowMs) => this.#offer(nowMs));
    } else requestAnimationFrame((nowMs) => this.#offer(nowMs));
  }

  #offer(nowMs: number): void {
    const free = !this.#decoder.busy && !this.#grabbing && nowMs >= this.#nextAtMs;
    if (free && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.#nextAtMs = nowMs + 1000 / framesPerSecondMax;
      void this.#read();
    }
    this.#awaitFrame();
  }

  async #read(): Promise<void> {
    this.#grabbing = true;
    const frame = await grabFrame(this.#video);
    this.#grabbing = false;
    if (frame && this.#stopped) frame.close();
    else if (frame) this.#decoder.read(frame);
  }
}

/** The frame on show, without a copy where the browser can. Undefined when it has none to give now. */
async function grabFrame(video: HTMLVideoElement): Promise<Frame | undefined> {
  try {
    return 'VideoFrame' in window ? new VideoFrame(video) : await createImageBitmap(video);
  } catch {
    return createImageBitmap(video).catch(() => undefined);
  }
}
