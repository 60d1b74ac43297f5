import type { Cursor } from './journal.ts';

/**
 * How far a site's own journal was, kept in a file beside the database and not in it: its own last fact of each stream. Written after a commit and before anybody is told of it, so the database is never behind its mark.
 */
export interface StoredMark {
  /** Random, made when the site was paired; the database has it, too. */
  readonly pairing: string;
  /** By the caller's name of event and stream. */
  readonly streams: ReadonlyMap<string, Cursor>;
}

/**
 * Whether a database is the one its mark was written for, and nothing was lost since (SPEC Y-31). It may be ahead: a
 * process can die between its commit and the mark.
 * `unproved`: there is no mark, or the database is older than it: it was restored, or copied to another machine.
 */
export function checkMark(
  mark: StoredMark | null,
  /** As the database has it. */
  pairing: string,
  /** The id of the database's own fact with this number in this stream, undefined when there is none. */
  idOf: (stream: string, no: number) => string | undefined,
): 'proved' | 'unproved' {
  if (mark === null || mark.pairing !== pairing) return 'unproved';
  for (const [stream, { no, id }] of mark.streams) {
    if (no > 0 && idOf(stream, no) !== id) return 'unproved';
  }
  return 'proved';
}
