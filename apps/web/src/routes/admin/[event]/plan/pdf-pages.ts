/** Pixels of the longer side of a page as it is drawn: what the server keeps of a picture. */
const sideMax = 3_000;

export interface PdfPages {
  count: number;
  /** The page, from 1, as a PNG. */
  picture(no: number): Promise<Blob>;
  close(): Promise<void>;
}

/** Opens a PDF in the browser; undefined for what is none or cannot be read. */
export async function openPdf(file: Blob): Promise<PdfPages | undefined> {
  const [pdf, { default: workerUrl }] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdf.GlobalWorkerOptions.workerSrc = workerUrl;
  const loading = pdf.getDocument({ data: new Uint8Array(await file.arrayBuffer()) });
  try {
    const opened = await loading.promise;
    return {
      count: opened.numPages,
      picture: async (no) => drawPage(await opened.getPage(no)),
      close: () => loading.destroy(),
    };
  } catch {
    await loading.destroy();
    return undefined;
  }
}

type Page = Awaited<
  ReturnType<Awaited<ReturnType<typeof import('pdfjs-dist').getDocument>['promise']>['getPage']>
>;

async function drawPage(page: Page): Promise<Blob> {
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: sideMax / Math.max(width, height) });
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport, background: 'white' }).promise;
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}
