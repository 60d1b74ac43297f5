import type { Photo } from '@catraca/db';
import { photoSize } from '@catraca/domain/accreditation';
import sharp from 'sharp';

/** Pixels that are decoded: of a good phone's camera. A few kilobytes can say they are many more. */
const pixelsMax = 50_000_000;

/** Pixels of the shorter side from which a face can be told. */
const sideMin = 200;

/** Eighty in a hundred: no artefacts at the size of a badge, and some forty kilobytes. */
const jpegQuality = 80;

const formats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp']);

export type PhotoProblem = 'not_a_picture' | 'too_small';

/** A picture as it is kept: upright, of `photoSize`, a JPEG with nothing in it but the picture. */
export async function makePhoto(upload: Uint8Array): Promise<Photo | PhotoProblem> {
  try {
    const image = sharp(upload, { limitInputPixels: pixelsMax, failOn: 'error', animated: false });
    const { format, width, height } = await image.metadata();
    if (!formats.has(format)) return 'not_a_picture';
    if (Math.min(width, height) < sideMin) return 'too_small';
    const picture = await image
      .autoOrient()
      .resize({ ...photoSize, fit: 'cover' })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: jpegQuality, mozjpeg: true })
      .toBuffer();
    return { picture: new Uint8Array(picture), ...photoSize };
  } catch {
    // sharp says why in words of its own; to whoever sent it all of them mean the same.
    return 'not_a_picture';
  }
}
