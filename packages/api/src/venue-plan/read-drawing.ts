import { refuse } from '../errors.ts';
import { type CleanDrawing, cleanSvg } from './clean-svg.ts';
import { planSvgCharsMax } from './limits.ts';
import { readPicture } from './read-picture.ts';

/** What an uploaded file is, by its first bytes and not by its name. */
export async function readDrawing(file: Uint8Array): Promise<CleanDrawing> {
  const drawing = looksLikeText(file) ? readSvg(file) : await readPicture(file);
  if (!drawing) refuse('plan_file_unreadable');
  if (drawing.svg.length > planSvgCharsMax) refuse('plan_file_too_large');
  return drawing;
}

function readSvg(file: Uint8Array): CleanDrawing | undefined {
  const read = cleanSvg(new TextDecoder().decode(file));
  if (read.ok) return read.value;
  if (read.problem === 'too_much') refuse('plan_file_too_large');
  if (read.problem === 'no_size') refuse('plan_file_no_size');
  return undefined;
}

function looksLikeText(file: Uint8Array): boolean {
  const start = new TextDecoder()
    .decode(file.subarray(0, 200))
    .replace(/^\uFEFF/, '')
    .trimStart();
  return start.startsWith('<');
}
