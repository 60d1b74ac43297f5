import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

export type Allotments = NonNullable<RouterOutputs['site']['allotments']>;
type Type = Allotments['types'][number];

/** Units that nobody has bought: here without those in carts, there without those on the way. */
export function allotmentParts({
  here,
  there,
  onTheWay,
}: Pick<Type, 'here' | 'there' | 'onTheWay'>) {
  return {
    freeHere: here.units - here.held - here.sold,
    freeThere: there.units - there.sold - onTheWay,
  };
}

export function venueOf<Site extends { kind: 'cloud' | 'venue' }>(here: Site, there: Site): Site {
  return here.kind === 'venue' ? here : there;
}

/** How a type is split, in a line. */
export function shareWords(share: Type['share'], venueName: string): string {
  switch (share.mode) {
    case 'automatic':
      return m.sites_share_automatic();
    case 'by_hand':
      return m.sites_share_by_hand();
    case 'percent':
      return m.sites_share_percent({ percent: share.venuePercent, site: venueName });
  }
}

/** A whole number within bounds that somebody typed. */
export function parseWhole(text: string, min: number, max: number): number | undefined {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}
