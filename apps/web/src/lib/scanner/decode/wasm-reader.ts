import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { CodeFormat, FoundCode } from './codes.ts';

const symbologies = { qr: 'QRCode', aztec: 'Aztec', pdf417: 'PDF417', code128: 'Code128' } as const;

/** Codes looked for in one picture: enough to see that two are in view at once. */
const codesPerPictureMax = 4;

/** Loads ZXing-C++ from our own server: its default is a public CDN, which a venue's network may not reach. */
export async function loadWasmReader(): Promise<void> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
}

/** All codes of these formats in the picture. */
export async function readWithWasm(
  picture: ImageData,
  formats: readonly CodeFormat[],
): Promise<FoundCode[]> {
  const results = await readBarcodes(picture, {
    formats: formats.map((format) => symbologies[format]),
    maxNumberOfSymbols: codesPerPictureMax,
    textMode: 'Plain',
  });
  return results.flatMap((result) => {
    const format = formats.find((candidate) => symbologies[candidate] === result.symbology);
    return format && result.isValid ? [{ text: result.text, format, ...middleOf(result) }] : [];
  });
}

function middleOf({ position }: ReadResult): { x: number; y: number } {
  const { topLeft, bottomRight } = position;
  return { x: (topLeft.x + bottomRight.x) / 2, y: (topLeft.y + bottomRight.y) / 2 };
}
