import type { BarcodeNumber, EntryPolicy, EventDay } from '@catraca/domain';

/** Languages a buyer can be written to in. */
export type Locale = 'en' | 'pt-br' | 'es';

/** What every document says of the event. */
export interface TicketEvent {
  readonly name: string;
  readonly venueName: string;
  readonly venueAddress: string;
  /** IANA name; all times on paper are by its clocks. */
  readonly timeZone: string;
}

export interface Seat {
  readonly section: string;
  readonly row: string;
  readonly number: number;
}

/** One pass on paper or in a mail. Texts are already in the reader's language. */
export interface Ticket {
  /** The QR code's text. */
  readonly token: string;
  readonly barcode: BarcodeNumber;
  readonly typeName: string;
  /** CSS colour `#rrggbb` of the type. */
  readonly typeColour: string;
  readonly holderName: string;
  readonly seat: Seat | null;
  /** Days it is for, in order. */
  readonly days: readonly EventDay[];
  /** Names of the entrances that lead to where it is valid. */
  readonly entrances: readonly string[];
  readonly policy: EntryPolicy;
}
