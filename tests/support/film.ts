import bwip from 'bwip-js/node';
import { closeSync, openSync, writeSync } from 'node:fs';

export interface FilmOptions {
  format?: 'qrcode' | 'azteccode' | 'pdf417' | 'code128';
  width?: number;
  height?: number;
  framesPerSecond?: number;
  /** How long each code is shown, after an empty picture of `emptyMs`. */
  codeMs?: number;
  emptyMs?: number;
  /** Pixels of a module: the largest that leaves a margin around the code, unless it is given. */
  modulePixels?: number;
  /** Pixels by which the code is right of the middle. */
  offsetX?: number;
}

/** Grey level of an empty picture and of the paper around a code: a test tells by it when a code came into view. */
export const emptyLevel = 60;
export const paperLevel = 220;
const inkLevel = 20;
/** A bar is as high as so many modules. */
const barModules = 30;

/**
 * Writes a film (YUV4MPEG2) of codes, one after the other, that Chromium plays as a camera, over and over:
 * `launchBrowser(filmArguments(path))`. Returns its path.
 */
export function makeFilm(
  codes: string | readonly string[],
  path: string,
  options: FilmOptions = {},
): string {
  const { width = 1280, height = 720, framesPerSecond = 10 } = options;
  const { emptyMs = 1_300, codeMs = 1_000 } = options;
  const frames = (ms: number) => Math.round((ms * framesPerSecond) / 1000);
  const colourless = Buffer.alloc(((width + 1) >> 1) * ((height + 1) >> 1) * 2, 128);
  const file = openSync(path, 'w');
  const add = (picture: Uint8Array, count: number) => {
    for (let i = 0; i < count; i++) {
      writeSync(file, 'FRAME\n');
      writeSync(file, picture);
      writeSync(file, colourless);
    }
  };
  writeSync(file, `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  for (const code of [codes].flat()) {
    add(new Uint8Array(width * height).fill(emptyLevel), frames(emptyMs));
    add(paint(code, width, height, options), frames(codeMs));
  }
  closeSync(file);
  return path;
}

/** What makes Chromium play the film to a page that asks for a camera, without asking anyone for permission. */
export function filmArguments(path: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}

/** Grey levels of a sheet of paper with the code in its middle. */
function paint(code: string, width: number, height: number, options: FilmOptions): Uint8Array {
  const modules = modulesOf(code, options.format ?? 'qrcode');
  const fitting = Math.min((0.9 * width) / modules.width, (0.7 * height) / modules.height);
  const size = options.modulePixels ?? Math.floor(fitting);
  const left = ((width - modules.width * size) >> 1) + (options.offsetX ?? 0);
  const top = (height - modules.height * size) >> 1;
  const picture = new Uint8Array(width * height).fill(paperLevel);
  for (let y = 0; y < modules.height * size; y++) {
    for (let x = 0; x < modules.width * size; x++) {
      const dark = modules.isDark(Math.floor(x / size), Math.floor(y / size));
      if (dark) picture[(top + y) * width + left + x] = inkLevel;
    }
  }
  return picture;
}

interface Modules {
  width: number;
  height: number;
  isDark(x: number, y: number): boolean;
}

function modulesOf(text: string, format: NonNullable<FilmOptions['format']>): Modules {
  const level = format === 'qrcode' ? { eclevel: 'M' } : {};
  // The named export `raw` is a symbology of that name; the shapes come from the default export's.
  const [symbol] = bwip.raw({ bcid: format, text, ...level });
  if (symbol && 'pixs' in symbol) {
    const { pixs, pixx, pixy } = symbol;
    return { width: pixx, height: pixy, isDark: (x, y) => pixs[y * pixx + x] === 1 };
  }
  if (!symbol || !('sbs' in symbol)) throw new Error(`${format} gives neither modules nor bars`);
  const columns = symbol.sbs.flatMap((width, i) => Array<boolean>(width).fill(i % 2 === 0));
  return { width: columns.length, height: barModules, isDark: (x) => columns[x] ?? false };
}
