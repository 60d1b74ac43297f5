import * as devalue from 'devalue';
import { follow } from '#lib/follow.ts';
import { trpc } from '#lib/trpc.ts';
import type { Availability } from './offer.ts';

/** What each ticket type has left, told by the server while somebody looks. */
export class LiveAvailability {
  readonly #slug: string;
  #rows = $state.raw<Availability[]>([]);

  constructor(slug: string, rows: Availability[]) {
    this.#slug = slug;
    this.#rows = rows;
  }

  of(typeNo: number): Availability | undefined {
    return this.#rows.find((row) => row.typeNo === typeNo);
  }

  async refresh(): Promise<void> {
    this.#rows = await trpc().event.availability.query({ slug: this.#slug });
  }

  /** Keeps up with what others buy while the page is looked at, until `stop` is called. */
  start(): () => void {
    return follow({
      url: `/events/${encodeURIComponent(this.#slug)}/availability`,
      on: { whole: (data) => (this.#rows = devalue.parse(data) as Availability[]) },
      ask: () => this.refresh(),
    });
  }
}
