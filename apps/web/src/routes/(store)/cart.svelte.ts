import type { RouterOutputs } from '@catraca/api';
import { createContext } from 'svelte';
import { trpc } from '#lib/trpc.ts';

export type Hold = NonNullable<RouterOutputs['hold']['get']>;

/** How often the countdown is read again; it shows whole seconds. */
const tickMs = 1000;

/** The server forgets which seats an ended hold had; a page that saw them can ask for the same ones again. */
function withKnownSeats(hold: Hold, before: Hold | null): Hold {
  const isSame = before?.expiresAt.getTime() === hold.expiresAt.getTime();
  return hold.state === 'expired' && before && isSame ? { ...hold, lines: before.lines } : hold;
}

/**
 * What is held for this buyer, and the time they have left by the server's clock. One for all pages of the shop.
 * The hold's secret is in a cookie that this code never sees.
 */
export class Cart {
  #hold = $state.raw<Hold | null>(null);
  #serverNow = $state(0);
  /** Milliseconds the server's clock is ahead of this one. */
  #ahead = 0;

  constructor(hold: Hold | null) {
    this.#take(hold, Date.now());
  }

  /** Held now, or held once and not any more: then its state is `expired`. */
  get hold(): Hold | null {
    return this.#hold;
  }

  get remainingMs(): number {
    return this.#hold ? Math.max(0, this.#hold.expiresAt.getTime() - this.#serverNow) : 0;
  }

  get isActive(): boolean {
    return this.#hold?.state === 'active' && this.remainingMs > 0;
  }

  /** What the buyer had was given back because the time ran out. */
  get hasEnded(): boolean {
    return this.#hold !== null && !this.isActive;
  }

  /** The active hold, when it is of this event. */
  heldOf(slug: string): Hold | null {
    return this.isActive && this.#hold?.event.slug === slug ? this.#hold : null;
  }

  async refresh(): Promise<void> {
    const asked = Date.now();
    const hold = await trpc().hold.get.query();
    // The server read its clock about half way between question and answer.
    this.#take(hold, (asked + Date.now()) / 2);
  }

  /** Gives everything back to the others. */
  async release(): Promise<void> {
    await trpc().hold.release.mutate();
    this.#take(null, Date.now());
  }

  /** Counts down until `stop` is called; when the time is over it asks the server, which knows. */
  start(): () => void {
    const timer = setInterval(() => {
      const wasActive = this.isActive;
      this.#serverNow = Date.now() + this.#ahead;
      if (wasActive && !this.isActive) void this.refresh().catch(() => undefined);
    }, tickMs);
    return () => clearInterval(timer);
  }

  #take(hold: Hold | null, readAt: number): void {
    this.#hold = hold && withKnownSeats(hold, this.#hold);
    if (!hold) return;
    this.#ahead = hold.now.getTime() - readAt;
    this.#serverNow = Date.now() + this.#ahead;
  }
}

export const [getCart, setCart] = createContext<Cart>();
