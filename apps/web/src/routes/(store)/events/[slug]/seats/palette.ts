import { resolveColours } from '#lib/resolve-colours.ts';
import type { Palette } from './paint-seats.ts';

/** The colours of the seat map. Ask again when light turns dark. */
export function readPalette(node: HTMLElement): Palette {
  const colours = resolveColours(node, {
    ...{ free: 'brand', chosen: 'ink', onChosen: 'surface', taken: 'line-strong', ink: 'ink' },
    ...{ soft: 'ink-soft', stage: 'ink-soft', surface: 'surface', focus: 'ink' },
  });
  return { ...colours, font: getComputedStyle(node).fontFamily };
}
