import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureBytesMax, readPoster } from './read-poster.ts';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ffd400' } });

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'a %s becomes a WebP of the size that is shown',
  async (format) => {
    const upload = await plain(2400, 1800).toFormat(format).toBuffer();
    expect(await readPoster(upload)).toMatchObject({
      ok: true,
      picture: { mediaType: 'image/webp', width: 1600, height: 1200 },
    });
  },
);

test('a picture that lies on its side is turned, and says nothing of who took it', async () => {
  const upload = await plain(1000, 700)
    .jpeg()
    .withExif({ IFD0: { Artist: 'Somebody', Orientation: '6' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const read = await readPoster(upload);
  if (!read.ok) throw new Error(read.code);
  expect(read.picture).toMatchObject({ width: 700, height: 1000 });
  expect((await sharp(read.picture.bytes).metadata()).exif).toBeUndefined();
});

const script = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script>1</script></svg>',
);

test.each([
  ['an SVG', script, 'picture_not_one'],
  ['a text', Buffer.from('no picture'), 'picture_not_one'],
  ['nothing', new Uint8Array(), 'picture_not_one'],
  ['a GIF', await plain(800, 800).gif().toBuffer(), 'picture_not_one'],
  [
    'a JPEG that is cut off',
    (await plain(900, 900).jpeg().toBuffer()).subarray(0, 900),
    'picture_not_one',
  ],
  ['a bomb', await plain(9000, 9000).png().toBuffer(), 'picture_not_one'],
  ['a stamp', await plain(599, 900).jpeg().toBuffer(), 'picture_too_small'],
  ['too many bytes', new Uint8Array(pictureBytesMax + 1), 'picture_too_large'],
])('%s is refused', async (_, upload, code) => {
  expect(await readPoster(new Uint8Array(upload))).toEqual({ ok: false, code });
});
