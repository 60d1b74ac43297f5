import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What a gate and a person read off a printed page. */
export interface PrintedTicket {
  /** The QR code's text. */
  qr: string | undefined;
  /** The digits in the bars. */
  barcode: string | undefined;
  /** All words on the page. */
  text: string;
}

/** Pixels a PDF point (1/72 inch): 144 dots an inch, less than any printer. */
const scale = 2;

/** Draws each page as a printer would, and reads its codes from the pixels. */
export async function readTicketsPdf(pdf: Uint8Array): Promise<PrintedTicket[]> {
  await loadReader();
  const document = await getDocument({
    // pdf.js takes the buffer away.
    data: Uint8Array.from(pdf),
    standardFontDataUrl: folder('pdfjs-dist/standard_fonts/'),
    useSystemFonts: false,
  }).promise;
  const tickets: PrintedTicket[] = [];
  for (let no = 1; no <= document.numPages; no++) {
    tickets.push(await readPage(await document.getPage(no)));
  }
  await document.loadingTask.destroy();
  return tickets;
}

/** The QR code in a picture (PNG or JPEG), read from its pixels. */
export async function readQr(picture: Uint8Array): Promise<string | undefined> {
  await loadReader();
  const [found] = await readBarcodes(picture, { formats: ['QRCode'] });
  return found?.text;
}

/** A page as PNG, to be looked at. */
export async function drawPdfPage(pdf: Uint8Array, no: number): Promise<Uint8Array> {
  const document = await getDocument({ data: Uint8Array.from(pdf) }).promise;
  const { canvas } = await draw(await document.getPage(no));
  await document.loadingTask.destroy();
  return canvas.encode('png');
}

async function readPage(page: PDFPageProxy): Promise<PrintedTicket> {
  const { context, width, height } = await draw(page);
  const data = Uint8ClampedArray.from(context.getImageData(0, 0, width, height).data);
  const found = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    { formats: ['QRCode', 'Code128'] },
  );
  const { items } = await page.getTextContent();
  return {
    qr: found.find((code) => code.format === 'QRCode')?.text,
    barcode: found.find((code) => code.format === 'Code128')?.text,
    text: joinWords(items.map((item) => ('str' in item ? item.str : ''))),
  };
}

/** Kerning takes a comma from its word. */
function joinWords(pieces: string[]): string {
  return pieces.join(' ').replaceAll(/\s+/g, ' ').replaceAll(' ,', ',');
}

type RenderTarget = Parameters<PDFPageProxy['render']>[0];

async function draw(page: PDFPageProxy) {
  const viewport = page.getViewport({ scale });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  await page.render({
    // The canvas draws as a browser's does; only its type is another.
    canvas: canvas as unknown as RenderTarget['canvas'],
    canvasContext: context as unknown as NonNullable<RenderTarget['canvasContext']>,
    viewport,
  }).promise;
  return { canvas, context, width, height };
}

let reader: Promise<unknown> | undefined;

/** The reader's own default fetches its code from the network. */
function loadReader(): Promise<unknown> {
  reader ??= readFile(folder('zxing-wasm/reader/zxing_reader.wasm')).then((wasmBinary) =>
    prepareZXingModule({
      overrides: { wasmBinary: Uint8Array.from(wasmBinary).buffer },
      fireImmediately: true,
    }),
  );
  return reader;
}

function folder(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}
