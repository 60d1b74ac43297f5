import { keepPage } from '#lib/offline/keep-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { Ticket } from './ticket.ts';

type News = 'checking' | 'fresh' | 'offline';

/** A change at the desk is seen this soon (ms) on a page that is looked at. */
const checkEveryMs = 30_000;

/** Asks whether the ticket still opens the gate while it is looked at, and keeps the page for when nobody can be asked. */
export class TicketWatch {
  readonly #jwt: string;
  state = $state<Ticket['state']>('valid');
  checkedAt = $state<Date>(new Date(0));
  news = $state<News>('checking');
  /** Undefined while it is not known. */
  isKept = $state<boolean>();

  constructor(jwt: string, ticket: Ticket) {
    this.#jwt = jwt;
    this.state = ticket.state;
    this.checkedAt = ticket.checkedAt;
  }

  /** Runs until the returned function is called. */
  start(): () => void {
    const check = () => void (document.visibilityState === 'visible' && this.#check());
    const timer = setInterval(check, checkEveryMs);
    const events = ['online', 'offline', 'focus'] as const;
    for (const event of events) addEventListener(event, check);
    document.addEventListener('visibilitychange', check);
    check();
    void this.#keep();
    return () => {
      clearInterval(timer);
      for (const event of events) removeEventListener(event, check);
      document.removeEventListener('visibilitychange', check);
    };
  }

  async #check(): Promise<void> {
    try {
      const { state, checkedAt } = await trpc().ticket.check.query({ jwt: this.#jwt });
      const isChanged = state !== this.state;
      this.state = state;
      this.checkedAt = checkedAt;
      this.news = 'fresh';
      // With codes or without, the page that is kept is another one now.
      if (isChanged) location.reload();
    } catch {
      this.news = 'offline';
    }
  }

  async #keep(): Promise<void> {
    // Fonts are among the files to keep, and come last.
    await document.fonts.ready;
    this.isKept = await keepPage('ticket');
  }
}
