import type { EventId } from '@catraca/domain';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import type { Watched, WatchersOrder, WatchersReport } from '../watchers/orders.ts';
import { Child } from './child.ts';
import { benchSecret } from './realtime.ts';

/** Walls of an event, seen from the harness. */
export class Watchers {
  readonly #child = new Child<WatchersOrder, WatchersReport>('watchers/main.ts');

  get pid(): number {
    return this.#child.pid;
  }

  async connect(ports: readonly number[], eventId: EventId, watchers: number): Promise<void> {
    const ticket = await signLiveTicket(
      { eventId, memberId: 'benchmark' },
      benchSecret,
      new Date(),
    );
    this.#child.send({ kind: 'connect', ports, ticket, watchers });
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

  stop(): void {
    this.#child.stop();
  }
}
