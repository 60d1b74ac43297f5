import bwip from 'bwip-js/node';

/** Modules of white around a code, without which phones do not find it. */
const quietZone = 2;

/** Black on white, whatever the terminal's colours are: two rows of the code in one line of text. */
export function qrForTerminal(text: string): string {
  const isDark = readModules(text);
  const size = isDark.length;
  const dark = (x: number, y: number) => isDark[y]?.[x] ?? false;
  const lines: string[] = [];
  for (let y = -quietZone; y < size + quietZone; y += 2) {
    let line = '';
    for (let x = -quietZone; x < size + quietZone; x++) {
      line += halves(dark(x, y), dark(x, y + 1));
    }
    lines.push(`  \x1b[38;5;16;48;5;231m${line}\x1b[0m`);
  }
  return lines.join('\n');
}

function halves(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}

/** Rows of modules, true where dark. */
function readModules(text: string): boolean[][] {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('not a matrix code');
  const { pixs, pixx } = symbol;
  return Array.from({ length: pixs.length / pixx }, (_, y) =>
    Array.from(pixs.slice(y * pixx, (y + 1) * pixx), (value) => value === 1),
  );
}
