import { photoSize } from '@catraca/domain/accreditation';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makePhoto } from './make-photo.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#886655' } });

test('a photo is upright, of one size, and says nothing of where it was taken', async () => {
  const upload = await picture(900, 700)
    .withExif({ IFD0: { Copyright: 'Somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await sharp(upload).metadata()).exif).toBeDefined();
  const made = await makePhoto(upload);
  if (typeof made === 'string') throw new Error(made);
  const kept = await sharp(made.picture).metadata();
  expect(kept).toMatchObject({ format: 'jpeg', ...photoSize });
  expect([kept.exif, kept.xmp, kept.icc, kept.orientation]).toEqual(Array(4).fill(undefined));
});

test.each<[string, () => Promise<Uint8Array>]>([
  ['a text', () => Promise.resolve(Buffer.from('<script>alert(1)</script>'))],
  ['nothing', () => Promise.resolve(new Uint8Array())],
  [
    'a drawing with a script',
    () =>
      Promise.resolve(
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script/></svg>',
        ),
      ),
  ],
  ['half a picture', async () => (await picture(600, 600).jpeg().toBuffer()).subarray(0, 700)],
  ['a picture of too many pixels', () => picture(12_000, 9_000).png().toBuffer()],
])('%s is not a photo', async (_, make) => {
  expect(await makePhoto(await make())).toBe('not_a_picture');
});

test('a stamp is too small', async () => {
  expect(await makePhoto(await picture(150, 300).png().toBuffer())).toBe('too_small');
});
