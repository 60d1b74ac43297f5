import { SvelteSet } from 'svelte/reactivity';
import type { LiveFeed } from '#lib/live/live-feed.svelte.ts';
import { attentionOf, isRefusing } from './attention.ts';
import type { WallPlan } from './wall-plan.ts';

/** How often the trend is sampled, and over how many samples it looks back: one minute. */
const sampleEveryMs = 5_000;
const samplesMax = 12;

/** What the wall says of the feed: sums, trends, and what needs a look. */
export class WallState {
  readonly #plan: WallPlan;
  readonly #feed: LiveFeed;
  #now = $state(new Date());
  #samples = $state.raw<number[]>([]);

  readonly inside = $derived.by(() => this.#sumInside(this.#feed.people));
  /** Those of them who are staff. */
  readonly staffInside = $derived.by(() => this.#sumInside(this.#feed.staff));
  readonly rates = $derived.by(() => this.#sumRates());
  readonly attention = $derived.by(() => attentionOf(this.#plan, this.#feed, this.#now));
  readonly trend = $derived.by(() => Math.sign(this.inside - (this.#samples[0] ?? this.inside)));

  constructor(plan: WallPlan, feed: LiveFeed) {
    this.#plan = plan;
    this.#feed = feed;
  }

  get now(): Date {
    return this.#now;
  }

  get capacity(): number {
    return this.#plan.areas.reduce((sum, area) => sum + (area.capacity ?? 0), 0);
  }

  get devicesOnline(): number {
    return [...this.#feed.devices.values()].filter((device) => device.online).length;
  }

  /** Ids of the checkpoints that refuse too much. */
  get troubled(): ReadonlySet<string> {
    const ids = [...this.#feed.rates].filter(([, rates]) => isRefusing(rates)).map(([id]) => id);
    return new SvelteSet(ids);
  }

  /** The checkpoint most people pass now, and how many a minute. */
  get busiest(): { name: string; perMinute: number } | null {
    let best: { name: string; perMinute: number } | null = null;
    for (const { id, name } of this.#plan.checkpoints) {
      const rate = this.#feed.rates.get(id);
      const perMinute = (rate?.admittedPerMinute ?? 0) + (rate?.exitedPerMinute ?? 0);
      if (perMinute > (best?.perMinute ?? 0)) best = { name, perMinute };
    }
    return best;
  }

  /** Starts the clock and the sampling; call what it returns to stop them. */
  run(): () => void {
    const clock = setInterval(() => (this.#now = new Date()), 1_000);
    const sampling = setInterval(() => {
      this.#samples = [...this.#samples, this.inside].slice(-samplesMax);
    }, sampleEveryMs);
    return () => {
      clearInterval(clock);
      clearInterval(sampling);
    };
  }

  #sumInside(counts: ReadonlyMap<string, number>): number {
    return this.#plan.areas
      .filter((area) => !area.isOutside)
      .reduce((sum, area) => sum + (counts.get(area.id) ?? 0), 0);
  }

  #sumRates() {
    const sum = { admittedPerMinute: 0, exitedPerMinute: 0, refusedPerMinute: 0 };
    for (const rate of this.#feed.rates.values()) {
      sum.admittedPerMinute += rate.admittedPerMinute;
      sum.exitedPerMinute += rate.exitedPerMinute;
      sum.refusedPerMinute += rate.refusedPerMinute;
    }
    return sum;
  }
}
