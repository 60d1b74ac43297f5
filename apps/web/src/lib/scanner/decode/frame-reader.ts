import type { CodeFormat, FoundCode } from './codes.ts';
import { passesFor, type FramePass } from './frame-schedule.ts';
import { PassPainter } from './pass-painter.ts';
import { SecondReading } from './second-reading.ts';
import type { DecodedCode, Frame } from './worker-messages.ts';

/** Reads the codes of a picture. */
export type PictureReader = (
  picture: ImageData,
  formats: readonly CodeFormat[],
) => FoundCode[] | Promise<FoundCode[]>;

/** Reads one frame after the other, trying harder the longer nothing is found. */
export class FrameReader {
  readonly #formats: readonly CodeFormat[];
  readonly #readers: Record<FramePass['reader'], PictureReader>;
  readonly #painter = new PassPainter();
  readonly #second = new SecondReading();
  #misses = 0;

  constructor(formats: readonly CodeFormat[], readers: Record<FramePass['reader'], PictureReader>) {
    this.#formats = formats;
    this.#readers = readers;
  }

  /** The codes in the frame that may be believed, the nearest to its middle first. Closes the frame. */
  async read(frame: Frame): Promise<DecodedCode[]> {
    try {
      for (const pass of passesFor(this.#misses)) {
        const codes = await this.#attempt(frame, pass);
        if (codes.length === 0) continue;
        const believed = codes.filter((code) => this.#second.confirms(code, performance.now()));
        // Otherwise the same passes again: the one that read it once may be the only one that can.
        if (believed.length > 0) this.#misses = 0;
        return believed.sort((a, b) => a.offCentre - b.offCentre);
      }
      this.#misses++;
      return [];
    } finally {
      frame.close();
    }
  }

  async #attempt(frame: Frame, pass: FramePass): Promise<DecodedCode[]> {
    const picture = this.#painter.paint(frame, pass);
    const codes = await this.#readers[pass.reader](picture, this.#formats);
    return codes.map(({ text, format, x, y }) => ({
      text,
      format,
      // Every region has the frame's middle as its own.
      offCentre: Math.hypot(x - picture.width / 2, y - picture.height / 2) / pass.scale,
    }));
  }
}
