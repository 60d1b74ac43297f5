/**
 * A code as one filled outline in its own units (a module is 1): the `d` of an SVG path, which PDF draws as it is.
 */
export interface CodeShape {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

type RawSymbol = { pixs: number[]; pixx: number; pixy: number } | { sbs: number[] };

export function isMatrix(symbol: RawSymbol): symbol is RawSymbol & { pixs: number[] } {
  return 'pixs' in symbol;
}

export function isBars(symbol: RawSymbol): symbol is RawSymbol & { sbs: number[] } {
  return 'sbs' in symbol;
}
