import type { HistogramData } from '../measure/histogram.ts';

/** What buyers do, again and again, each time as somebody new. */
export type Journey =
  /** Looks at the event, holds two tickets, orders and pays. */
  | 'buy'
  /** The same, and then looks at the tickets. */
  | 'buy_and_look'
  /** Two seats of a map, next to each other: everybody wants the best that are left. */
  | 'seats'
  /** Only looks at the event. */
  | 'look';

export type Step = 'page' | 'hold' | 'order' | 'pay' | 'tickets';

export const steps: readonly Step[] = ['page', 'hold', 'order', 'pay', 'tickets'];

/** What is for sale, as buyers find it. */
export interface Offer {
  readonly slug: string;
  /** The hot type. */
  readonly typeNo: number;
  readonly seatedTypeNo: number;
  /** In the order of the seat map, which is how good they are. */
  readonly seatIds: readonly string[];
}

export interface RunOrder {
  readonly kind: 'run';
  readonly design: 'ours' | 'usual';
  readonly ports: readonly number[];
  readonly journey: Journey;
  /** So many at the same time, each with a connection of their own. */
  readonly buyers: number;
  readonly offer: Offer;
  /** Ms of load before the window opens, and how long it is open. */
  readonly leadMs: number;
  readonly windowMs: number;
}

export type Report =
  | { readonly kind: 'window_opened' }
  | { readonly kind: 'window_closed' }
  | { readonly kind: 'finished'; readonly outcome: SaleOutcome };

export interface SaleOutcome {
  readonly windowMs: number;
  /** Journeys that came to their end while the window was open. */
  readonly journeys: number;
  readonly requests: number;
  /** From the first request of a journey to the last answer. */
  readonly whole: HistogramData;
  readonly steps: Readonly<Record<Step, HistogramData>>;
  /** Orders that were answered as paid, from the start to the end of the load. */
  readonly paid: readonly string[];
  /** How often each refusal was heard. */
  readonly refused: Readonly<Record<string, number>>;
  /** Answers that nobody expects: a status of 500, a page without its event. */
  readonly wrong: Readonly<Record<string, number>>;
}
