import { m } from '#lib/paraglide/messages.js';
import type { Newer } from '../newer.ts';

/** A drawing that people edit: which version they began with. */
interface Draft<Found> {
  version: number;
  load(found: Found): void;
}

/** Why a drawing was not saved. */
export type NotSaved =
  /** Somebody else saved a later version. */
  { kind: 'meanwhile'; newer: Newer } | { kind: 'refused'; words: string };

/** The saving of a drawing, and whose it is when somebody else saved first. `Saved` is what a saving may come to besides. */
export class DrawingSave<Found, Saved> {
  readonly #draft: Draft<Found>;
  readonly #read: () => Promise<Found>;
  busy = $state(false);
  outcome = $state.raw<NotSaved | Saved | undefined>();

  constructor(draft: Draft<Found>, read: () => Promise<Found>) {
    this.#draft = draft;
    this.#read = read;
  }

  /** `isWrong`: the page says what is, beside it. */
  async save(isWrong: boolean, write: () => Promise<NotSaved | Saved>): Promise<void> {
    if (isWrong) {
      this.outcome = { kind: 'refused', words: m.setup_not_right() };
      return;
    }
    this.outcome = undefined;
    this.busy = true;
    this.outcome = await write();
    this.busy = false;
  }

  /** The next saving is over theirs. */
  goOver({ version }: Newer): void {
    this.#draft.version = version;
  }

  async loadTheirs(): Promise<void> {
    this.busy = true;
    try {
      this.#draft.load(await this.#read());
      this.outcome = undefined;
    } catch {
      this.outcome = { kind: 'refused', words: m.setup_not_reached() };
    } finally {
      this.busy = false;
    }
  }
}
