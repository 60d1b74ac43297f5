import { fonts } from './fonts.ts';
import { ink } from './page.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Writes a text in a box and answers the `y` below it. */
export function write(
  doc: PDFKit.PDFDocument,
  text: string,
  box: Box,
  style: { font: keyof typeof fonts; size: number; color?: string; lineGap?: number },
): number {
  const lineGap = style.lineGap ?? 0;
  doc
    .font(fonts[style.font])
    .fontSize(style.size)
    .fillColor(style.color ?? ink.text);
  doc.text(text, box.x, box.y, { width: box.width, lineGap });
  return box.y + doc.heightOfString(text, { width: box.width, lineGap });
}

/** Writes a headline in the largest of these sizes at which it takes at most so many points of height. */
export function writeHeadline(
  doc: PDFKit.PDFDocument,
  text: string,
  box: Box,
  fit: { sizes: readonly number[]; heightMax: number },
): number {
  doc.font(fonts.display);
  const size =
    fit.sizes.find(
      (candidate) =>
        doc.fontSize(candidate).heightOfString(text, { width: box.width, lineGap: -3 }) <=
        fit.heightMax,
    ) ??
    fit.sizes.at(-1) ??
    12;
  return write(doc, text, box, { font: 'display', size, lineGap: -3 });
}

/** A small label with its value under it; answers the `y` where the next may begin. */
export function writeFact(
  doc: PDFKit.PDFDocument,
  fact: { label: string; value: string; size?: number },
  box: Box,
): number {
  const valueY = write(doc, fact.label, box, { font: 'regular', size: 9, color: ink.soft });
  const value = { font: 'semibold', size: fact.size ?? 12 } as const;
  return write(doc, fact.value, { ...box, y: valueY + 1 }, value) + 9;
}
