/** One attempt to read a frame: what is cut out of it, what is done to it, and who reads it. */
export interface FramePass {
  readonly region: 'centre' | 'whole';
  /** 2: enlarged before it is read, which rescues dark, blurred and small codes. */
  readonly scale: 1 | 2;
  readonly sharpen: boolean;
  readonly reader: 'wasm' | 'library';
}

const centre: FramePass = { region: 'centre', scale: 1, sharpen: false, reader: 'wasm' };
const enlarged: FramePass = { ...centre, scale: 2 };
const sharpened: FramePass = { ...centre, sharpen: true };
const whole: FramePass = { ...centre, region: 'whole' };
const otherLibrary: FramePass = { ...centre, reader: 'library' };

/**
 * The passes over a frame that comes after `misses` frames in which nothing was read. The centre is read each time.
 * The dear passes take turns, so that no frame waits for all of them: enlarged every second frame, sharpened every
 * fourth, whole every fourth, the other library (a second opinion: each reads codes the other misses) every eighth.
 */
export function passesFor(misses: number): readonly FramePass[] {
  if (misses === 0) return [centre];
  if (misses % 2 === 1) return [centre, enlarged];
  if (misses % 4 === 2) return [centre, sharpened];
  return misses % 8 === 0 ? [centre, whole, otherLibrary] : [centre, whole];
}
