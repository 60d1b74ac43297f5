import type { EventId } from '@catraca/domain';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import type { HistogramData } from '../measure/histogram.ts';
import type { Watched, WatchersOrder, WatchersReport } from '../watchers/orders.ts';
import { Child } from './child.ts';
import { benchSecret } from './realtime.ts';

/** Walls of an event, seen from the harness. */
export class Watchers {
  readonly #child = new Child<WatchersOrder, WatchersReport>('watchers/main.ts');

  get pid(): number {
    return this.#child.pid;
  }

  /** `stalled` of them never read. */
  async connect(
    ports: readonly number[],
    eventId: EventId,
    watchers: number,
    stalled = 0,
  ): Promise<void> {
    const ticket = await signLiveTicket(
      { eventId, memberId: 'benchmark' },
      benchSecret,
      new Date(),
    );
    this.#child.send({ kind: 'connect', ports, ticket, watchers, stalled });
    await this.#child.until('connected');
  }

  /** From now on frames are counted. */
  count(): void {
    this.#child.send({ kind: 'count' });
  }

  async report(): Promise<Watched> {
    this.#child.send({ kind: 'report' });
    return this.#child.until('watched');
  }

  /** All that read lose their lines and come back at once. @returns how long each was without a current picture. */
  async storm(): Promise<HistogramData> {
    this.#child.send({ kind: 'storm' });
    return (await this.#child.until('stormed')).current;
  }

  stop(): void {
    this.#child.stop();
  }
}
