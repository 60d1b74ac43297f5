/** Kinds of code a gate reads. The token is printed as QR, Aztec or PDF417; the barcode number as Code 128. */
export const codeFormats = ['qr', 'aztec', 'pdf417', 'code128'] as const;
export type CodeFormat = (typeof codeFormats)[number];

/** A code as a library found it, its middle in pixels of the picture it was given. */
export interface FoundCode {
  readonly text: string;
  readonly format: CodeFormat;
  readonly x: number;
  readonly y: number;
}

/** Pixels to read: four bytes each (red, green, blue, alpha), row by row. An `ImageData` is one. */
export type Picture = Pick<ImageData, 'data' | 'width' | 'height'>;

/** Grey levels of a picture, 0 (black) to 255: ITU-R BT.601 in ten bits. */
export function greyLevels({ data, width, height }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 4) {
    grey[i] =
      (306 * (data[p] ?? 0) + 601 * (data[p + 1] ?? 0) + 117 * (data[p + 2] ?? 0) + 512) >> 10;
  }
  return grey;
}
