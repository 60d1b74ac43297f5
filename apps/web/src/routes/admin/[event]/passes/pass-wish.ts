import { passStatusChoices } from '../../state-names.ts';
import { type Address, idIn, leafIn, oneOf } from '../../list-address.svelte.ts';
import type { LeafWish } from '../../search.svelte.ts';

export const passSortChoices = ['newest', 'oldest'] as const;
const confirmedChoices = ['yes', 'no'] as const;

/** What the list of passes shows; '' narrows nothing. */
export interface PassWish extends LeafWish {
  status: (typeof passStatusChoices)[number] | '';
  typeId: string;
  confirmed: (typeof confirmedChoices)[number] | '';
  areaId: string;
  sort: (typeof passSortChoices)[number];
}

const publicId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readPassWish(address: Address): PassWish {
  return {
    text: '',
    leaf: leafIn(address, publicId),
    status: oneOf(address.get('status'), passStatusChoices),
    typeId: idIn(address.get('typeId')),
    confirmed: oneOf(address.get('confirmed'), confirmedChoices),
    areaId: idIn(address.get('areaId')),
    sort: oneOf(address.get('sort'), passSortChoices) || 'newest',
  };
}

/** As the API is asked for it. */
export function passSearchOf({ status, typeId, confirmed, areaId, ...wish }: PassWish) {
  return {
    ...wish,
    ...{ status: status || null, typeId: typeId || null, areaId: areaId || null },
    confirmed: confirmed === '' ? null : confirmed === 'yes',
  };
}
