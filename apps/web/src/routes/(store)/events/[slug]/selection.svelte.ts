import { SvelteMap } from 'svelte/reactivity';
import type { Hold } from '../../cart.svelte.ts';
import type { TicketType } from '../../event-look.ts';
import { allInMinor, type Offer } from './offer.ts';

export interface ChosenSeat {
  id: string;
  section: string;
  row: string;
  number: number;
}

/** A selection as it survives a reload. */
export interface SelectionRecord {
  quantities: [typeNo: number, units: number][];
  seats: [typeNo: number, seats: ChosenSeat[]][];
}

/** Why a choice was made smaller without the buyer's doing. */
export type Shrink = 'lowered' | 'gone';

/** What a buyer chose on an event's page and has not yet asked to be held. */
export class Selection {
  #quantities = new SvelteMap<number, number>();
  #seats = new SvelteMap<number, ChosenSeat[]>();

  quantityOf(typeNo: number): number {
    return this.#quantities.get(typeNo) ?? this.seatsOf(typeNo).length;
  }

  seatsOf(typeNo: number): ChosenSeat[] {
    return this.#seats.get(typeNo) ?? [];
  }

  setQuantity(typeNo: number, units: number): void {
    if (units > 0) this.#quantities.set(typeNo, units);
    else this.#quantities.delete(typeNo);
  }

  setSeats(typeNo: number, seats: ChosenSeat[]): void {
    if (seats.length > 0) this.#seats.set(typeNo, seats);
    else this.#seats.delete(typeNo);
  }

  /** Takes out seats that turned out to be somebody else's; answers which of them had been chosen. */
  dropSeats(seatIds: readonly string[]): ChosenSeat[] {
    const dropped: ChosenSeat[] = [];
    for (const [typeNo, seats] of [...this.#seats]) {
      dropped.push(...seats.filter((seat) => seatIds.includes(seat.id)));
      this.setSeats(
        typeNo,
        seats.filter((seat) => !seatIds.includes(seat.id)),
      );
    }
    return dropped;
  }

  /** Never more than the offer: answers how the choice of this type had to change, if it did. */
  fit(typeNo: number, offer: Offer): Shrink | undefined {
    const chosen = this.#quantities.get(typeNo);
    if (chosen === undefined) return undefined;
    const max = offer.state === 'on_sale' ? offer.max : 0;
    if (chosen <= max) return undefined;
    this.setQuantity(typeNo, max);
    return max === 0 ? 'gone' : 'lowered';
  }

  units(types: readonly TicketType[]): number {
    return types.reduce((sum, type) => sum + this.quantityOf(type.no), 0);
  }

  totalMinor(types: readonly TicketType[]): number {
    return types.reduce((sum, type) => sum + this.quantityOf(type.no) * allInMinor(type), 0);
  }

  /** As `hold.place` takes it. */
  lines() {
    return [
      ...[...this.#quantities].map(([typeNo, quantity]) => ({ typeNo, quantity })),
      ...[...this.#seats].map(([typeNo, seats]) => ({
        typeNo,
        seatIds: seats.map((seat) => seat.id),
      })),
    ];
  }

  /** Whether it is exactly what the hold has, so that there is nothing to ask for. */
  equals(hold: Hold): boolean {
    return fingerprint(this.record()) === fingerprint(recordOf(hold));
  }

  record(): SelectionRecord {
    return { quantities: [...this.#quantities], seats: [...this.#seats] };
  }

  restore({ quantities, seats }: SelectionRecord): void {
    this.#quantities.clear();
    this.#seats.clear();
    for (const [typeNo, units] of quantities) this.setQuantity(typeNo, units);
    for (const [typeNo, chosen] of seats) this.setSeats(typeNo, chosen);
  }
}

/** What a hold has, as a selection. */
export function recordOf(hold: Hold): SelectionRecord {
  const seated = hold.lines.filter((line) => line.seated);
  const counted = hold.lines.filter((line) => !line.seated);
  return {
    quantities: counted.map((line) => [line.typeNo, line.quantity]),
    seats: seated.map((line) => [line.typeNo, line.seats]),
  };
}

function fingerprint({ quantities, seats }: SelectionRecord): string {
  const counted = quantities.map(([typeNo, units]) => `${typeNo}x${units}`);
  const seated = seats.flatMap(([, chosen]) => chosen.map((seat) => `seat ${seat.id}`));
  return [...counted, ...seated].sort().join(', ');
}
