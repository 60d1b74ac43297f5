import sharp, { type Sharp } from 'sharp';

/** Bytes of an upload: a good camera's picture, and what a request with a file may have (refuse-large.ts). */
export const pictureBytesMax = 4 * 1024 * 1024;

/** Pixels that are decoded: 50 megapixels; a small file can hold many more. */
const pixelsMax = 50_000_000;

/** Pixels of a side that a poster needs. */
const sideMin = 600;

/** A poster stands upright or across; it is cut to fit where it is shown. */
const sideMax = 1_600;

/** What is a picture by its own bytes, whatever its name says. No SVG: that is a program, too. */
const formats: readonly string[] = ['jpeg', 'png', 'webp', 'heif'];

/** Milliseconds a picture may take. */
const timeMax = 10_000;

export type ReadPoster =
  | {
      ok: true;
      picture: { mediaType: 'image/webp'; width: number; height: number; bytes: Uint8Array };
    }
  | { ok: false; code: 'picture_too_large' | 'picture_not_one' | 'picture_too_small' };

/** Decodes what was uploaded and makes a poster of it: turned upright, without what a camera wrote beside it, as WebP. */
export async function readPoster(upload: Uint8Array): Promise<ReadPoster> {
  if (upload.byteLength > pictureBytesMax) return { ok: false, code: 'picture_too_large' };
  try {
    const source = sharp(upload, { limitInputPixels: pixelsMax, failOn: 'error', pages: 1 });
    const { format, width, height } = await source.metadata();
    if (!formats.includes(format)) return { ok: false, code: 'picture_not_one' };
    if (Math.min(width, height) < sideMin) return { ok: false, code: 'picture_too_small' };
    return { ok: true, picture: await posterOf(source) };
  } catch {
    // Not decoded to its end: broken, cut off, or something else under a picture's name.
    return { ok: false, code: 'picture_not_one' };
  }
}

async function posterOf(source: Sharp) {
  const { data, info } = await source
    .timeout({ seconds: timeMax / 1000 })
    .autoOrient()
    .resize({ width: sideMax, height: sideMax, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { mediaType: 'image/webp' as const, width, height, bytes: new Uint8Array(data) };
}
