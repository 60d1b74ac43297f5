import type { Palette } from './paint-seats.ts';

/** Resolves the page's colours for a canvas, which knows no variables. Ask again when light turns dark. */
export function readPalette(node: HTMLElement): Palette {
  const probe = node.appendChild(document.createElement('span'));
  const colour = (name: string) => {
    probe.style.color = `var(--color-${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    free: colour('brand'),
    chosen: colour('ink'),
    onChosen: colour('surface'),
    taken: colour('line-strong'),
    ink: colour('ink'),
    soft: colour('ink-soft'),
    stage: colour('ink-soft'),
    surface: colour('surface'),
    focus: colour('ink'),
    font: getComputedStyle(node).fontFamily,
  };
  probe.remove();
  return palette;
}
