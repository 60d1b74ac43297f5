import { badgeTextMin } from '@catraca/domain/accreditation';

/** Millimetres of a point. */
export const mmPerPoint = 25.4 / 72;

/** Height of a line, as parts of the size of its letters: the font's own. */
export const lineHeight = 1.21;

/** How wide a text is at one point, in points. */
export type Measure = (text: string) => number;

/** A text as it stands in its box. */
export interface FittedText {
  /** Points. */
  size: number;
  lines: string[];
}

/** The largest size at which a text fits a box of so many millimetres, as the PDF does: whole words, no more lines than there is room for. */
export function fitText(
  text: string,
  box: { width: number; height: number },
  sizeMax: number,
  measure: Measure,
): FittedText {
  const [width, height] = [box.width / mmPerPoint, box.height / mmPerPoint];
  for (let size = sizeMax; size > badgeTextMin; size -= 0.5) {
    const lines = breakLines(text, width / size, measure);
    const isWide = lines.some((line) => measure(line) * size > width);
    if (!isWide && lines.length * size * lineHeight <= height) return { size, lines };
  }
  const lines = breakLines(text, width / badgeTextMin, measure);
  const room = Math.max(1, Math.floor(height / (badgeTextMin * lineHeight)));
  return { size: badgeTextMin, lines: lines.slice(0, room) };
}

function breakLines(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
