import sharp from 'sharp';
import type { CleanDrawing } from './clean-svg.ts';
import { picturePixelsMax, pictureSideMax } from './limits.ts';

/** As files begin: what a picture says it is does not count. */
const kinds = ['png', 'jpeg', 'webp'];

/** A good picture is kept in less than 1 MB; text on it stays sharp. */
const webpQuality = 82;

/**
 * Decodes a picture whole and writes it anew, upright and without what a camera tells of where and when, inside an SVG.
 * Undefined for what is no picture, is broken, or has too many pixels.
 */
export async function readPicture(bytes: Uint8Array): Promise<CleanDrawing | undefined> {
  try {
    const picture = sharp(bytes, { limitInputPixels: picturePixelsMax, failOn: 'error', pages: 1 });
    const { format } = await picture.metadata();
    if (!kinds.includes(format)) return undefined;
    const { data, info } = await picture
      .rotate()
      .resize({
        width: pictureSideMax,
        height: pictureSideMax,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .webp({ quality: webpQuality })
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const address = `data:image/webp;base64,${data.toString('base64')}`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="${address}"></image></svg>`;
    return { svg, width, height };
  } catch {
    // The decoder's words are about its insides; that it failed is all there is to say.
    return undefined;
  }
}
