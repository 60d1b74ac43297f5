import { assert } from '@catraca/domain';
// The named `raw` is a symbology of that name; the shapes come from the default export's.
import bwip from 'bwip-js/node';
import { isMatrix, type CodeShape } from './shape.ts';

/**
 * The QR code of a token at level M: white space around it is up to the caller, `qrQuietModules` on each side.
 * A token is upper-case alphanumeric, which makes it 41 modules wide.
 */
export function qrShape(text: string): CodeShape {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
  assert(symbol !== undefined && isMatrix(symbol), 'a QR code is a matrix');
  const { pixs, pixx: width, pixy: height } = symbol;
  return { width, height, path: pathOfMatrix(pixs, width) };
}

/** Clear modules a QR code needs on every side. */
export const qrQuietModules = 4;

/** Dark modules of a row that touch are one rectangle, so that no hairline shows between them. */
function pathOfMatrix(pixels: readonly number[], width: number): string {
  let path = '';
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] !== 1) continue;
    const rowEnd = (Math.floor(start / width) + 1) * width;
    let end = start + 1;
    while (end < rowEnd && pixels[end] === 1) end++;
    path += `M${start % width} ${Math.floor(start / width)}h${end - start}v1h-${end - start}z`;
    start = end - 1;
  }
  return path;
}
