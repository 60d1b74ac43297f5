import sharp from 'sharp';
import { expect, test } from 'vitest';
import { Refusal } from '../errors.ts';
import { readDrawing } from './read-drawing.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c00' } });

const refusalOf = async (file: Uint8Array) =>
  readDrawing(file).then(
    () => 'read',
    (error: unknown) => (error instanceof Refusal ? error.refusal : error),
  );

test('a picture becomes an SVG that holds it, made smaller where it is large', async () => {
  const png = await picture(300, 200).png().toBuffer();
  expect(await readDrawing(png)).toMatchObject({ width: 300, height: 200 });
  const jpeg = await picture(6000, 3000)
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .jpeg()
    .toBuffer();
  const { svg, width, height } = await readDrawing(jpeg);
  expect({ width, height }).toEqual({ width: 3000, height: 1500 });
  const kept = Buffer.from(/base64,([^"]+)"/.exec(svg)?.[1] ?? '', 'base64');
  expect(await sharp(kept).metadata()).toMatchObject({ format: 'webp', width: 3000 });
  expect(kept.toString('latin1')).not.toContain('Somebody');
});

test('a file that is not what it says is refused', async () => {
  const png = await picture(300, 200).png().toBuffer();
  for (const file of [
    Buffer.from('hello'),
    Buffer.from('<html></html>'),
    png.subarray(0, 100),
    Buffer.from('%PDF-1.7'),
    await picture(20, 20).gif().toBuffer(),
    new Uint8Array(),
  ]) {
    expect(await refusalOf(file)).toBe('plan_file_unreadable');
  }
});
