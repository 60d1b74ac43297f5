import type { schema } from '@catraca/db';

type EventLook = (typeof schema.events.$inferSelect)['look'];

const hexColour = /^#[0-9a-f]{6}$/i;
const ownPath = /^\/[\w./-]+$/;

/**
 * An event's own picture and colours as a page may use them: they end up in a style attribute and an address,
 * so only a plain colour and a path of this site pass.
 */
export function storeLook(look: EventLook) {
  const isPaintable = hexColour.test(look.accent) && hexColour.test(look.ink);
  return {
    posterPath: look.posterPath !== null && ownPath.test(look.posterPath) ? look.posterPath : null,
    colours: isPaintable ? { accent: look.accent, ink: look.ink } : null,
  };
}

export type StoreLook = ReturnType<typeof storeLook>;
