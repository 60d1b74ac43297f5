/** What happened at a site: written once, with the change it tells of, and never edited. */
export interface Fact<Body> {
  /** The site that wrote it. */
  readonly site: number;
  /** 1, 2, 3 … for each event, stream and site, without a gap; causes come before effects. */
  readonly no: number;
  /** Random, made with the fact: tells it from another with the same number. */
  readonly id: string;
  readonly kind: string;
  readonly body: Body;
}

/** The last fact that was taken of one event, stream and site; number 0 and no id at the beginning. */
export interface Cursor {
  readonly no: number;
  readonly id: string | null;
}

export const atBeginning: Cursor = { no: 0, id: null };

/** Facts as they are sent: a piece of an author's stream, in order. */
export interface FactBatch<Body> {
  /** Id of the fact before the first of these; null when that is number 1. */
  readonly afterId: string | null;
  readonly facts: readonly Fact<Body>[];
}

export type TakenFacts<Body> =
  | {
      readonly kind: 'fresh';
      /** Those that were not taken before. */
      readonly facts: readonly Fact<Body>[];
      /** To be stored in the transaction that applies them. */
      readonly cursor: Cursor;
    }
  /** A fact is missing before number `got`. Nothing is taken. */
  | { readonly kind: 'gap'; readonly expected: number; readonly got: number }
  /** Number `no` was taken, and is another fact now: its author was restored or copied. Nothing is taken. */
  | { readonly kind: 'other_history'; readonly no: number };

/**
 * What is new in a batch, for a reader at `cursor` (SPEC Y-2). A batch that came before, or overlaps one, adds nothing twice.
 */
export function takeFacts<Body>(cursor: Cursor, batch: FactBatch<Body>): TakenFacts<Body> {
  const first = batch.facts[0];
  if (first === undefined) return { kind: 'fresh', facts: [], cursor };
  if (first.no > cursor.no + 1) return { kind: 'gap', expected: cursor.no + 1, got: first.no };
  let before: Cursor = { no: first.no - 1, id: batch.afterId };
  if (isOther(cursor, before)) return { kind: 'other_history', no: before.no };
  for (const { no, id } of batch.facts) {
    if (no !== before.no + 1) return { kind: 'gap', expected: before.no + 1, got: no };
    before = { no, id };
    if (isOther(cursor, before)) return { kind: 'other_history', no };
  }
  if (before.no <= cursor.no) return { kind: 'fresh', facts: [], cursor };
  return {
    kind: 'fresh',
    facts: batch.facts.filter(({ no }) => no > cursor.no),
    cursor: before,
  };
}

/** The same number, and not the same fact. */
function isOther(cursor: Cursor, here: Cursor): boolean {
  return cursor.no === here.no && cursor.id !== here.id;
}

/**
 * What a reader's cursor tells the author of the stream. `last` is the author's last fact, `idAtCursor` the id of its fact
 * with the cursor's number (null when there is none).
 * `other_history`: the reader has facts that this author never wrote, or wrote otherwise: one of the two was restored.
 */
export function checkCursor(
  cursor: Cursor,
  last: Cursor,
  idAtCursor: string | null,
): 'reads_on' | 'has_all' | 'other_history' {
  if (cursor.no > last.no || cursor.id !== idAtCursor) return 'other_history';
  return cursor.no === last.no ? 'has_all' : 'reads_on';
}
