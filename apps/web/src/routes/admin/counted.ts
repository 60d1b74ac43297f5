import { getLocale } from '#lib/paraglide/runtime.js';

/** A number for a message: `count` chooses between one and many, `figure` is what is read, `5,000`. */
export function counted(count: number): { count: number; figure: string } {
  return { count, figure: new Intl.NumberFormat(getLocale()).format(count) };
}
