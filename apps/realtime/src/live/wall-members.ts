import { closeCodes } from '@catraca/protocol';
import { liveTicketTtlMs } from '@catraca/domain/live-ticket';
import type { Watcher } from './watcher.ts';

/**
 * Whose walls are open. This process decides nothing about members: when something about one changed, what they have open is closed and
 * older tickets open nothing more, and whoever still may asks the API for another ticket, which decides.
 */
export class WallMembers {
  readonly #watchers = new Map<string, Set<Watcher>>();
  /** When a member was dismissed, ms since 1970; forgotten when no ticket can be older. */
  readonly #dismissed = new Map<string, number>();
  #allDismissedAt = 0;

  /** Whether a ticket still counts. `issuedAt` in ms since 1970, by the clock of the web server, which is this one's or in step with it. */
  mayOpen(memberId: string, issuedAt: number): boolean {
    return issuedAt >= Math.max(this.#dismissed.get(memberId) ?? 0, this.#allDismissedAt);
  }

  enter(memberId: string, watcher: Watcher): void {
    const own = this.#watchers.get(memberId) ?? new Set();
    this.#watchers.set(memberId, own.add(watcher));
  }

  leave(memberId: string, watcher: Watcher): void {
    const own = this.#watchers.get(memberId);
    own?.delete(watcher);
    if (own?.size === 0) this.#watchers.delete(memberId);
  }

  /** Something about a member changed: their role, where they work, or whether they are signed in. */
  dismiss(memberId: string, now: number): void {
    for (const [other, at] of this.#dismissed) {
      if (now - at > liveTicketTtlMs) this.#dismissed.delete(other);
    }
    this.#dismissed.set(memberId, now);
    this.#close(memberId);
  }

  /** What changed while this process heard nothing is not known: everybody asks again. */
  dismissAll(now: number): void {
    this.#allDismissedAt = now;
    for (const memberId of [...this.#watchers.keys()]) this.#close(memberId);
  }

  #close(memberId: string): void {
    for (const watcher of this.#watchers.get(memberId) ?? []) watcher.end(closeCodes.unauthorized);
  }
}
