import { type Address, leafIn, oneOf } from '../../list-address.svelte.ts';
import type { LeafWish } from '../../search.svelte.ts';
import { orderStateChoices } from '../../state-names.ts';

export const orderSortChoices = ['newest', 'oldest', 'largest'] as const;

/** What the list of orders shows; '' narrows nothing. */
export interface OrderWish extends LeafWish {
  state: (typeof orderStateChoices)[number] | '';
  sort: (typeof orderSortChoices)[number];
}

const reference = /^[A-Z0-9-]{1,40}$/;

export function readOrderWish(address: Address): OrderWish {
  return {
    text: '',
    leaf: leafIn(address, reference),
    state: oneOf(address.get('state'), orderStateChoices),
    sort: oneOf(address.get('sort'), orderSortChoices) || 'newest',
  };
}

/** As the API is asked for it. */
export function orderSearchOf({ state, ...wish }: OrderWish) {
  return { ...wish, state: state || null };
}
