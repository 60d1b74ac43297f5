import {
  AztecCodeReader,
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  HybridBinarizer,
  PDF417Reader,
  QRCodeReader,
  RGBLuminanceSource,
  type Result,
} from '@zxing/library';
import { greyLevels, type CodeFormat, type FoundCode, type Picture } from './codes.ts';

/** The single readers: the library's reader of many formats writes a warning for every empty picture. */
const readers = {
  qr: new QRCodeReader(),
  aztec: new AztecCodeReader(),
  pdf417: new PDF417Reader(),
  code128: new Code128Reader(),
};
const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]]);

/** The codes of these formats in the picture, one of each at most. */
export function readWithLibrary(picture: Picture, formats: readonly CodeFormat[]): FoundCode[] {
  const source = new RGBLuminanceSource(greyLevels(picture), picture.width, picture.height);
  return formats.flatMap((format) => {
    const result = readOne(format, source);
    return result ? [{ text: result.getText(), format, ...middleOf(result, picture) }] : [];
  });
}

function readOne(format: CodeFormat, source: RGBLuminanceSource): Result | undefined {
  const reader = readers[format];
  try {
    return reader.decode(new BinaryBitmap(new HybridBinarizer(source)), hints);
  } catch {
    // It throws on every picture without a code, and now and then on one with half a code.
    return undefined;
  } finally {
    reader.reset();
  }
}

function middleOf(result: Result, { width, height }: Picture): { x: number; y: number } {
  const points = result.getResultPoints().filter((point) => point !== null);
  if (points.length === 0) return { x: width / 2, y: height / 2 };
  const sum = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((total, point) => total + of(point), 0) / points.length;
  return { x: sum((point) => point.getX()), y: sum((point) => point.getY()) };
}
