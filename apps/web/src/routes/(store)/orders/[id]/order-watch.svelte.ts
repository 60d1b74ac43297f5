import type { RouterOutputs } from '@catraca/api';
import { trpc } from '#lib/trpc.ts';

export type Order = RouterOutputs['order']['view'];
export type OfferedProvider = RouterOutputs['payment']['providers'][number];

export interface OrderLink {
  publicId: string;
  key: string;
}

/** Waits (ms) between two looks at an order that is not settled; the last one stays. */
const waits = [1_000, 1_000, 2_000, 2_000, 3_000, 5_000, 10_000, 15_000];

/** After so many looks, about half a minute, the page owns up that it takes long. */
const slowAfter = 7;

/** The order as it stands; while its payment is awaited it looks again by itself, less and less often. */
export class OrderWatch {
  readonly #link: OrderLink;
  #looks = $state(0);
  order = $state.raw<Order>() as Order;

  constructor(link: OrderLink, order: Order) {
    this.#link = link;
    this.order = order;
  }

  get isSlow(): boolean {
    return this.#looks >= slowAfter;
  }

  /** Runs until the order is settled or the returned function is called. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      if (this.order.state !== 'pending') return;
      timer = setTimeout(() => void this.#look().then(plan), waits[this.#looks] ?? waits.at(-1));
    };
    plan();
    return () => {
      clearTimeout(timer);
      timer = undefined;
    };
  }

  async #look(): Promise<void> {
    this.#looks++;
    // Without a network it is simply looked at again.
    this.order = await trpc()
      .order.view.query(this.#link)
      .catch(() => this.order);
  }
}
