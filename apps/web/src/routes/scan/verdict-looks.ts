import type { VerdictClass } from '#lib/scanner/verdict-class.ts';

/** Ground and ink of each class; the ink has a contrast of 7:1 or more on its ground. */
export const verdictLooks: Record<VerdictClass, string> = {
  in: 'bg-go text-on-go',
  out: 'bg-go text-on-go',
  stop: 'bg-stop text-on-stop',
  hand: 'bg-wait text-on-wait',
  ask: 'bg-ask text-on-ask',
};

/** The same the other way round, for the disc that carries the shape. */
export const discLooks: Record<VerdictClass, string> = {
  in: 'bg-on-go text-go',
  out: 'bg-on-go text-go',
  stop: 'bg-on-stop text-stop',
  hand: 'bg-on-wait text-wait',
  ask: 'bg-on-ask text-ask',
};
