import type { BadgeDesign, BadgeElement } from '@catraca/domain/accreditation';
import { badgeTextMin } from '@catraca/domain/accreditation';
import PDFDocument from 'pdfkit';
import { qrQuietModules, qrShape } from '../codes/qr.ts';
import { fonts } from './fonts.ts';
import { missingLetters } from './missing-letters.ts';

/** What a badge says of one person, in the words of the event. */
export interface Badge {
  readonly design: BadgeDesign;
  readonly name: string;
  readonly typeName: string;
  /** `#rrggbb` */
  readonly typeColour: string;
  readonly delegationName: string;
  readonly eventName: string;
  /** `30 April – 2 May` */
  readonly days: string;
  /** The barcode's number, as people read it. */
  readonly number: string;
  /** The QR code's text. */
  readonly token: string;
  /** A JPEG; null where there is none. */
  readonly photo: Uint8Array | null;
}

export interface BadgesPdf {
  readonly badges: readonly Badge[];
  readonly title: string;
  /** Stands in the file as its date: the same input is the same bytes. */
  readonly printedAt: Date;
}

export interface PrintedBadges {
  readonly pdf: Uint8Array;
  /** Places in `badges` whose name has letters that the font lacks: they are printed as empty boxes, and somebody must look. */
  readonly unprintable: readonly number[];
}

type Doc = PDFKit.PDFDocument;

const pointsPerMm = 72 / 25.4;

/** Badges as a PDF, a page each, of the size of its design. */
export async function renderBadgesPdf({
  badges,
  title,
  printedAt,
}: BadgesPdf): Promise<PrintedBadges> {
  const doc = new PDFDocument({
    ...{ margin: 0, autoFirstPage: false, displayTitle: true },
    info: { Title: title, Creator: 'Catraca', CreationDate: printedAt, ModDate: printedAt },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  for (const badge of badges) drawBadge(doc, badge);
  doc.end();
  await done;
  const unprintable = badges.flatMap(({ name }, place) =>
    missingLetters(name).length > 0 ? [place] : [],
  );
  return { pdf: Buffer.concat(chunks), unprintable };
}

function drawBadge(doc: Doc, badge: Badge): void {
  const { width, height, elements } = badge.design;
  doc.addPage({ size: [width * pointsPerMm, height * pointsPerMm], margin: 0 });
  for (const element of elements) {
    doc.save();
    drawElement(doc, element, badge);
    doc.restore();
  }
}

function drawElement(doc: Doc, element: BadgeElement, badge: Badge): void {
  switch (element.kind) {
    case 'photo':
      return drawPhoto(doc, boxOf(element), badge.photo);
    case 'qr':
      return drawQr(doc, boxOf(element), badge.token);
    case 'bar': {
      const { x, y, width, height } = boxOf(element);
      doc.rect(x, y, width, height).fill(colourOf(element.colour, badge));
      return;
    }
    case 'text':
      return drawText(doc, element, badge);
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In points. */
function boxOf({ x, y, width, height }: Box): Box {
  const [left, top, across, down] = [x, y, width, height].map((mm) => mm * pointsPerMm);
  return { x: left ?? 0, y: top ?? 0, width: across ?? 0, height: down ?? 0 };
}

function colourOf(colour: string, { typeColour }: Badge): string {
  return colour === 'type' ? typeColour : colour;
}

/** Fills its box and keeps its proportions; without one the place stays empty, for a picture that is glued on. */
function drawPhoto(doc: Doc, { x, y, width, height }: Box, photo: Uint8Array | null): void {
  doc.rect(x, y, width, height);
  if (photo === null) {
    doc.lineWidth(0.5).stroke('#999999');
    return;
  }
  doc.clip();
  const cover: [number, number] = [width, height];
  doc.image(Buffer.from(photo), x, y, { cover, align: 'center', valign: 'center' });
}

/** In the middle of its box, on white, with the clear modules that readers need. */
function drawQr(doc: Doc, { x, y, width, height }: Box, token: string): void {
  const qr = qrShape(token);
  const side = Math.min(width, height);
  const [left, top] = [x + (width - side) / 2, y + (height - side) / 2];
  const module = side / (qr.width + 2 * qrQuietModules);
  doc.rect(left, top, side, side).fill('#ffffff');
  doc.translate(left + qrQuietModules * module, top + qrQuietModules * module);
  // Scaled in the page's own numbers: pdfkit's `scale` reads one number as both.
  doc.transform(module, 0, 0, module, 0, 0);
  doc.path(qr.path).fill('#000000');
}

type TextElement = Extract<BadgeElement, { kind: 'text' }>;

function textOf(element: TextElement, badge: Badge): string {
  const texts = {
    name: badge.name,
    type: badge.typeName,
    delegation: badge.delegationName,
    event: badge.eventName,
    days: badge.days,
    number: badge.number,
    free: element.text,
  };
  return texts[element.source];
}

/** The largest size at which it fits its box, in the middle of its height. */
function drawText(doc: Doc, element: TextElement, badge: Badge): void {
  const text = textOf(element, badge);
  if (text === '') return;
  const { x, y, width, height } = boxOf(element);
  const { align, bold } = element;
  doc.font(bold ? fonts.semibold : fonts.regular);
  const size = fittingSize(doc, text, { width, height }, element.size);
  doc.fontSize(size).fillColor(colourOf(element.colour, badge));
  const options = { width, align, lineGap: 0 } as const;
  const top = y + Math.max(0, (height - doc.heightOfString(text, options)) / 2);
  // What does not fit at the smallest size is cut off with an ellipsis.
  doc.text(text, x, top, { ...options, height: y + height - top, ellipsis: true });
}

/** No word is broken: the longest one fits a line. */
function fittingSize(
  doc: Doc,
  text: string,
  box: { width: number; height: number },
  sizeMax: number,
): number {
  const words = text.split(/\s+/);
  const fits = (size: number) => {
    doc.fontSize(size);
    return (
      words.every((word) => doc.widthOfString(word) <= box.width) &&
      doc.heightOfString(text, { width: box.width, lineGap: 0 }) <= box.height
    );
  };
  if (fits(sizeMax)) return sizeMax;
  let [small, large] = [badgeTextMin, sizeMax];
  while (large - small > 0.25) {
    const middle = (small + large) / 2;
    if (fits(middle)) small = middle;
    else large = middle;
  }
  return small;
}
