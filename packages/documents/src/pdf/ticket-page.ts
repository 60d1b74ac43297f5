import { formatBarcode } from '@catraca/domain';
import { code128QuietModules, code128Shape } from '../codes/code128.ts';
import { qrQuietModules, qrShape } from '../codes/qr.ts';
import type { CodeShape } from '../codes/shape.ts';
import type { Ticket, TicketEvent } from '../ticket.ts';
import { dayLines } from '../words/days.ts';
import type { Words } from '../words/words.ts';
import { fonts } from './fonts.ts';
import { ink, page } from './page.ts';
import { write, writeFact, writeHeadline } from './text.ts';

interface TicketPage {
  readonly event: TicketEvent;
  readonly ticket: Ticket;
  readonly reference: string | null;
  readonly no: number;
  readonly count: number;
  readonly words: Words;
}

type Doc = PDFKit.PDFDocument;

const leftWidth = page.column - page.left - 24;
const rightWidth = page.right - page.column;

/** 211 points are 74 mm: a module is 1.5 mm, read from more than half a metre by an old phone. */
const qrSide = rightWidth;
const barcodeHeight = 46;

/** Draws a ticket on the current page: what a gate needs above the fold, what the holder needs below it. */
export function drawTicketPage(doc: Doc, input: TicketPage): void {
  drawFacts(doc, input);
  drawCodes(doc, input.ticket);
  drawFold(doc, input.words);
  drawEntrances(doc, input);
  drawAdvice(doc, input);
  drawFooter(doc, input);
}

function drawFacts(doc: Doc, { event, ticket, words }: TicketPage): void {
  doc.rect(page.left, page.top, leftWidth, 7).fill(ticket.typeColour);
  const box = { x: page.left, y: page.top + 18, width: leftWidth };
  const fit = { sizes: [34, 30, 26, 22, 18, 15], heightMax: 112 };
  let y = writeHeadline(doc, event.name, box, fit) + 4;
  y = write(doc, event.venueName, { ...box, y }, { font: 'semibold', size: 11 }) + 14;

  const fact = (label: string, value: string, size?: number) => {
    y = writeFact(doc, { label, value, ...(size && { size }) }, { ...box, y });
  };
  fact(words.pdf.type, ticket.typeName, 15);
  if (ticket.seat) fact(words.pdf.seat, words.seatText(ticket.seat), 15);
  fact(words.pdf.holder, ticket.holderName);
  const days = dayLines(ticket.days, event.timeZone, words.languageTag);
  if (days.length > 0) fact(words.pdf.validOn, days.join('\n'), 11);
}

function drawCodes(doc: Doc, ticket: Ticket): void {
  const qr = qrShape(ticket.token);
  const module = qrSide / (qr.width + 2 * qrQuietModules);
  const inset = qrQuietModules * module;
  fillShape(doc, qr, {
    x: page.column + inset,
    y: page.top + inset,
    scaleX: module,
    scaleY: module,
  });

  const bars = code128Shape(ticket.barcode, 1);
  const barWidth = rightWidth / (bars.width + 2 * code128QuietModules);
  const y = page.top + qrSide + 10;
  const x = page.column + code128QuietModules * barWidth;
  fillShape(doc, bars, { x, y, scaleX: barWidth, scaleY: barcodeHeight });
  doc.font(fonts.semibold).fontSize(14).fillColor(ink.text);
  doc.text(formatBarcode(ticket.barcode), page.column, y + barcodeHeight + 6, {
    width: rightWidth,
    align: 'center',
    features: ['tnum'],
  });
}

function fillShape(
  doc: Doc,
  shape: CodeShape,
  place: { x: number; y: number; scaleX: number; scaleY: number },
): void {
  doc.save().translate(place.x, place.y);
  // Scaled in the page's own numbers: pdfkit's `scale` reads one number as both.
  doc.transform(place.scaleX, 0, 0, place.scaleY, 0, 0);
  doc.path(shape.path).fill(ink.text).restore();
}

function drawFold(doc: Doc, words: Words): void {
  const label = { font: 'regular', size: 8, color: ink.soft } as const;
  write(doc, words.pdf.fold, { x: page.left, y: page.fold - 12, width: 120 }, label);
  doc
    .moveTo(page.left, page.fold)
    .lineTo(page.right, page.fold)
    .lineWidth(0.6)
    .dash(3, { space: 3 })
    .stroke(ink.line)
    .undash();
}

function drawEntrances(doc: Doc, { event, ticket, words }: TicketPage): void {
  const box = { x: page.left, y: page.fold + 30, width: leftWidth };
  let y = writeHeadline(doc, words.pdf.whereToGoIn, box, { sizes: [17], heightMax: 50 }) + 6;
  for (const entrance of ticket.entrances) {
    y = write(doc, entrance, { ...box, y }, { font: 'semibold', size: 12 }) + 3;
  }
  const soft = { font: 'regular', size: 10.5, color: ink.soft, lineGap: 2 } as const;
  y = write(doc, `${event.venueName}\n${event.venueAddress}`, { ...box, y: y + 4 }, soft) + 10;
  y = write(doc, words.policyText(ticket.policy), { ...box, y }, { ...soft, color: ink.text }) + 10;
  write(doc, words.pdf.localTime, { ...box, y }, soft);
}

function drawAdvice(doc: Doc, { words }: TicketPage): void {
  const box = { x: page.column, y: page.fold + 30, width: rightWidth };
  const heading = { sizes: [17], heightMax: 50 };
  const style = { font: 'regular', size: 10.5, lineGap: 2 } as const;
  let y = writeHeadline(doc, words.pdf.atTheGate, box, heading) + 6;
  words.pdf.gateSteps.forEach((step, index) => {
    write(doc, `${index + 1}`, { ...box, y }, { font: 'semibold', size: 10.5 });
    y = write(doc, step, { x: box.x + 16, y, width: box.width - 16 }, style) + 5;
  });
  y = writeHeadline(doc, words.pdf.keepPrivate, { ...box, y: y + 14 }, heading) + 6;
  write(doc, words.pdf.keepPrivateWhy, { ...box, y }, style);
}

function drawFooter(doc: Doc, { reference, no, count, words }: TicketPage): void {
  const y = page.bottom - 12;
  const style = { font: 'regular', size: 9, color: ink.soft } as const;
  const order = reference === null ? '' : `${words.pdf.order} ${reference}`;
  write(doc, order, { x: page.left, y, width: leftWidth }, style);
  write(doc, words.pdf.ticketOf(no, count), { x: page.column, y, width: rightWidth }, style);
}
