import { greyLevels, type Picture } from './codes.ts';

/**
 * Makes the picture grey and sharpens it in place: each pixel five times, less its four neighbours.
 * The outermost pixels are left as they are.
 */
export function sharpen(picture: Picture): void {
  const { data, width, height } = picture;
  const grey = greyLevels(picture);
  const at = (index: number) => grey[index] ?? 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const level = 5 * at(i) - at(i - 1) - at(i + 1) - at(i - width) - at(i + width);
      // The array clamps to 0..255.
      data[4 * i] = level;
      data[4 * i + 1] = level;
      data[4 * i + 2] = level;
    }
  }
}
