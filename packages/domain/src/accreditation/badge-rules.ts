import type { BadgeDesign, BadgeElement } from './badge-design.ts';

/** Sizes that badges are bought in, in millimetres. */
export const badgeSizes = {
  a6: { width: 105, height: 148 },
  holder: { width: 86, height: 124 },
  cr80: { width: 54, height: 85.6 },
  label: { width: 62, height: 100 },
} as const;

/** Millimetres a side may have, and how many things stand on a badge. */
export const badgeLimits = { sideMin: 30, sideMax: 300, elementsMax: 40 } as const;

/** Points a text shrinks to before it is cut off. */
export const badgeTextMin = 5;

/** A design to begin with, for a size in millimetres: photo and name above, code below, the type in its colour. */
export function firstBadgeDesign({
  width,
  height,
}: {
  width: number;
  height: number;
}): BadgeDesign {
  const tenths = (mm: number) => Math.round(mm * 10) / 10;
  const gap = tenths(width * 0.05);
  const inner = tenths(width - 2 * gap);
  /** From and to parts of the height. */
  const row = (from: number, to: number) => ({
    ...{ x: gap, width: inner },
    ...{ y: tenths(height * from), height: tenths(height * to) - tenths(height * from) },
  });
  const middle = (box: { y: number; height: number }, boxWidth: number) => ({
    ...box,
    ...{ x: tenths((width - boxWidth) / 2), width: boxWidth },
  });
  const text = { kind: 'text', text: '', align: 'center', colour: '#000000' } as const;
  const bar = { ...row(0.9, 1), x: 0, width };
  const photo = row(0.11, 0.4);
  const qr = row(0.61, 0.88);
  const elements: BadgeElement[] = [
    { ...text, ...row(0.03, 0.1), source: 'event', size: 11, bold: false },
    { kind: 'photo', ...middle(photo, tenths(photo.height * 0.8)) },
    { ...text, ...row(0.41, 0.54), source: 'name', size: 26, bold: true },
    { ...text, ...row(0.54, 0.6), source: 'delegation', size: 11, bold: false },
    { kind: 'qr', ...middle(qr, Math.min(qr.height, inner)) },
    { kind: 'bar', ...bar, colour: 'type' },
    { ...text, ...bar, source: 'type', size: 16, bold: true, colour: '#ffffff' },
  ];
  return { width, height, elements };
}

/** Whether all of an element is on the badge. */
export function isOnBadge(element: BadgeElement, { width, height }: BadgeDesign): boolean {
  const { x, y } = element;
  const slack = 0.01;
  return (
    x >= -slack &&
    y >= -slack &&
    x + element.width <= width + slack &&
    y + element.height <= height + slack
  );
}
