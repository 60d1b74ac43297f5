import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';
import type { TicketType } from '../../event-look.ts';

type Redeemed = RouterOutputs['voucher']['redeem'];

/** A ticket type as somebody with a code sees it. */
export type PricedType = TicketType & { fullPriceMinor?: number };

/** The code a buyer typed, kept while their tab is open. */
export class EnteredCode {
  redeemed = $state.raw<Redeemed | null>(null);
  busy = $state(false);
  problem = $state<string | undefined>();
  readonly #slug: string;

  constructor(slug: string) {
    this.#slug = slug;
  }

  get code(): string | undefined {
    return this.redeemed?.code;
  }

  /** The types of the shop with what the code changes, and those that it shows. */
  typesOf(types: readonly TicketType[]): PricedType[] {
    const known = new Map(this.redeemed?.types.map((type) => [type.no, type]));
    const shown = types.map((type): PricedType => known.get(type.no) ?? type);
    const hidden = [...known.values()].filter(({ no }) => !types.some((type) => type.no === no));
    return [...shown, ...hidden];
  }

  /** What was typed before the page was loaded anew. */
  async restore(held: string | null): Promise<void> {
    const kept = held ?? sessionStorage.getItem(this.#key);
    if (kept) await this.enter(kept);
  }

  async enter(typed: string): Promise<void> {
    if (typed.trim() === '') return void (this.problem = m.store_code_missing());
    this.busy = true;
    this.problem = undefined;
    try {
      this.redeemed = await trpc().voucher.redeem.query({ slug: this.#slug, code: typed });
      sessionStorage.setItem(this.#key, this.redeemed.code);
    } catch (error) {
      this.problem = wordsFor(apiError(error)?.refusal);
    } finally {
      this.busy = false;
    }
  }

  remove(): void {
    this.redeemed = null;
    this.problem = undefined;
    sessionStorage.removeItem(this.#key);
  }

  get #key(): string {
    return `catraca-code ${this.#slug}`;
  }
}

function wordsFor(refusal: string | null | undefined): string {
  if (refusal === 'unknown_code') return m.store_code_unknown();
  if (refusal === 'code_used_up') return m.store_code_used_up_entered();
  return refusal === 'too_often' ? m.store_code_too_often() : m.store_failed();
}
