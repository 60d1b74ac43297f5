import { trpc } from '#lib/trpc.ts';
import type { Availability } from './offer.ts';

/** How often a page that is looked at asks again. */
const refreshEveryMs = 10_000;

/** What each ticket type has left, asked again while somebody looks. */
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

  /** Asks again every few seconds and when the page is looked at anew, until `stop` is called. */
  start(): () => void {
    // What was known stays on the page when an answer does not come; the next one may.
    const refreshIfSeen = () => {
      if (document.visibilityState === 'visible') void this.refresh().catch(() => undefined);
    };
    const timer = setInterval(refreshIfSeen, refreshEveryMs);
    document.addEventListener('visibilitychange', refreshIfSeen);
    window.addEventListener('focus', refreshIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfSeen);
      window.removeEventListener('focus', refreshIfSeen);
    };
  }
}
