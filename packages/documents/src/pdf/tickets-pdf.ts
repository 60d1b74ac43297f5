import PDFDocument from 'pdfkit';
import type { Locale, Ticket, TicketEvent } from '../ticket.ts';
import { wordsOf } from '../words/words.ts';
import { drawTicketPage } from './ticket-page.ts';

/** One paper for each ticket, of an order or of one pass. */
export interface TicketsPdf {
  readonly event: TicketEvent;
  readonly tickets: readonly Ticket[];
  /** The order's speakable reference; null for a pass nobody ordered. */
  readonly reference: string | null;
  readonly locale: Locale;
  /** Stands in the file as its date: the same input is the same bytes. */
  readonly issuedAt: Date;
}

/** The tickets as a PDF, a page each, readable in black and white, on A4 and on Letter. */
export async function renderTicketsPdf(input: TicketsPdf): Promise<Uint8Array> {
  const words = wordsOf(input.locale);
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: words.languageTag,
    displayTitle: true,
    info: {
      Title: words.pdf.title(input.event.name),
      Creator: 'Catraca',
      CreationDate: input.issuedAt,
      ModDate: input.issuedAt,
    },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  input.tickets.forEach((ticket, index) => {
    doc.addPage({ size: 'A4', margin: 0 });
    drawTicketPage(doc, { ...input, ticket, no: index + 1, count: input.tickets.length, words });
  });
  doc.end();
  await done;
  return Buffer.concat(chunks);
}
