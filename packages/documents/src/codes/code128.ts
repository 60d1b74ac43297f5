import { assert, type BarcodeNumber } from '@catraca/domain';
// The named `raw` is a symbology of that name; the shapes come from the default export's.
import bwip from 'bwip-js/node';
import { isBars, type CodeShape } from './shape.ts';

/** Clear modules a Code 128 needs on its left and right. */
export const code128QuietModules = 10;

/** The bars of a pass's barcode number, `height` modules tall. An even count of digits is Code 128 C: two digits a character. */
export function code128Shape(number: BarcodeNumber, height: number): CodeShape {
  const [symbol] = bwip.raw({ bcid: 'code128', text: number });
  assert(symbol !== undefined && isBars(symbol), 'a Code 128 is bars');
  let path = '';
  let x = 0;
  symbol.sbs.forEach((width, index) => {
    const isBar = index % 2 === 0;
    if (isBar) path += `M${x} 0h${width}v${height}h-${width}z`;
    x += width;
  });
  return { width: x, height, path };
}
