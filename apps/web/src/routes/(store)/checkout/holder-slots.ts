import type { Hold } from '../cart.svelte.ts';

/** One pass of the hold, which needs the name of who will hold it. */
export interface HolderSlot {
  /** Stays the same while the hold is looked at, however often it is read. */
  key: string;
  typeNo: number;
  seat: Hold['lines'][number]['seats'][number] | undefined;
  /** Which ticket of its type, and which person of a group ticket, both from 1. */
  unit: number;
  units: number;
  person: number;
  persons: number;
}

/** All passes of a hold in the order of its lines. */
export function slotsOf(hold: Pick<Hold, 'lines'>): HolderSlot[] {
  return hold.lines.flatMap((line) =>
    range(line.quantity).flatMap((unit) => {
      const seat = line.seats[unit - 1];
      return range(line.passesPerUnit).map((person) => ({
        key: `${line.typeNo}/${seat?.id ?? unit}/${person}`,
        typeNo: line.typeNo,
        seat,
        unit,
        units: line.quantity,
        person,
        persons: line.passesPerUnit,
      }));
    }),
  );
}

/** As `order.begin` takes them: the names of each type in order, or of each seat. An empty name is the buyer's. */
export function holdersOf(slots: readonly HolderSlot[], nameOf: (slot: HolderSlot) => string) {
  const groups = Map.groupBy(slots, (slot) => `${slot.typeNo}/${slot.seat?.id ?? ''}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = group.map(nameOf);
    return [{ typeNo: first.typeNo, ...(first.seat && { seatId: first.seat.id }), names }];
  });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
