import type { StoreEvent } from '@catraca/db';

type StoreType = StoreEvent['types'][number];

/** Whether everybody sees it: not hidden, and sold in the shop. */
export function isForAll({ hidden, channels }: StoreType): boolean {
  return !hidden && channels.includes('web');
}

/** A ticket type as the shop shows it. */
export function storeType(type: StoreType) {
  return {
    no: type.no,
    name: type.name,
    description: type.description,
    colour: type.colour,
    priceMinor: type.priceMinor,
    feeMinor: type.feeMinor,
    taxBasisPoints: type.taxBasisPoints,
    seated: type.seated,
    passesPerUnit: type.passesPerUnit,
    unitsPerOrderMax: type.unitsPerOrderMax,
    dayNos: type.dayNos ?? [],
  };
}
