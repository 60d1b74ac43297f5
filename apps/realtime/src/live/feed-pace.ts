import { type LiveScan, liveFeedBurst, liveFeedPerSecond } from '@catraca/protocol';

/** Chooses the scans that deltas show when there are more than a person can read. */
export class FeedPace {
  #left = liveFeedBurst;
  #filledAt = Number.NEGATIVE_INFINITY;

  /** Of scans, newest first, as many as may be shown now (by `performance.now()`): the refused before the others, the newest before the older. */
  pick(scans: readonly LiveScan[], now: number): LiveScan[] {
    const earned = ((now - this.#filledAt) / 1000) * liveFeedPerSecond;
    this.#left = Math.min(liveFeedBurst, this.#left + earned);
    this.#filledAt = now;
    const wanted = [...scans.filter(isRefused), ...scans.filter((scan) => !isRefused(scan))];
    const shown = new Set(wanted.slice(0, Math.floor(this.#left)));
    this.#left -= shown.size;
    return scans.filter((scan) => shown.has(scan));
  }
}

function isRefused({ verdict }: LiveScan): boolean {
  return verdict !== 'admitted' && verdict !== 'exited';
}
