import { assert, takeFacts as decideTake } from '@catraca/domain';
import { and, eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { DrizzleQueryError } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { transact } from '../commands/transact.ts';
import { journalCursors } from '../schema/index.ts';
import type { Fact, FactBatch, Stream } from './read-facts.ts';
import { takers } from './takers.ts';

/** Whose facts of which event these are. */
export interface Source {
  eventId: bigint;
  stream: Stream;
  /** The site that wrote them. */
  author: number;
}

export interface Cursor {
  no: number;
  /** Null before the first. */
  factId: string | null;
}

/**
 * `gap`: a fact is missing before these. `other_history`: the last fact that was taken has another id now, so its author was restored or
 * copied. `unknown_fact`: of a kind that this version does not know: a newer one wrote it. `unsound_fact`: it does not say what a
 * fact of its kind says, or speaks of what is not its author's to say. Nothing of the batch was taken.
 */
export type TakeRefusal =
  | { ok: false; code: 'gap'; expected: number; got: number }
  | { ok: false; code: 'other_history'; no: number }
  | { ok: false; code: 'unknown_fact'; no: number; kind: string }
  | { ok: false; code: 'unsound_fact'; no: number; why: string };

export type TakeResult = { ok: true; cursor: Cursor; taken: number } | TakeRefusal;

export async function readCursor(db: Db | Tx, source: Source): Promise<Cursor> {
  const [row] = await db.select().from(journalCursors).where(isSource(source));
  return row ? { no: row.no, factId: row.factId } : { no: 0, factId: null };
}

/**
 * Takes another site's facts, in their order, all of them or none, together with how far that is: what was taken before is left out,
 * so that a batch may come twice.
 */
export async function takeFacts(
  db: Db,
  source: Source,
  batch: Pick<FactBatch, 'afterId' | 'facts'>,
): Promise<TakeResult> {
  return transact<TakeResult>(db, async (tx, refuse) => {
    // One batch of a source at a time, the first one too, which has no row to lock.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${source.eventId}/${source.stream}/${source.author}`}, 0))`,
    );
    const cursor = await readCursor(tx, source);
    const fresh = freshFacts(source.author, cursor, batch);
    if (!Array.isArray(fresh)) return fresh;
    const last = fresh.at(-1);
    if (last === undefined) return { ok: true, cursor, taken: 0 };
    for (const group of groups(fresh)) {
      const refusal = await takeGroup(tx, source, group);
      if (refusal) return refuse(refusal);
    }
    await tx
      .insert(journalCursors)
      .values({ ...source, site: source.author, no: last.no, factId: last.id })
      .onConflictDoUpdate({
        target: [journalCursors.eventId, journalCursors.stream, journalCursors.site],
        set: { no: last.no, factId: last.id },
      });
    return { ok: true, cursor: { no: last.no, factId: last.id }, taken: fresh.length };
  });
}

function isSource({ eventId, stream, author }: Source) {
  return and(
    eq(journalCursors.eventId, eventId),
    eq(journalCursors.stream, stream),
    eq(journalCursors.site, author),
  );
}

function freshFacts(
  author: number,
  cursor: Cursor,
  { afterId, facts }: Pick<FactBatch, 'afterId' | 'facts'>,
): Fact[] | TakeRefusal {
  const taken = decideTake(
    { no: cursor.no, id: cursor.factId },
    { afterId, facts: facts.map((fact) => ({ ...fact, site: author })) },
  );
  if (taken.kind === 'gap')
    return { ok: false, code: 'gap', expected: taken.expected, got: taken.got };
  if (taken.kind === 'other_history') return { ok: false, code: 'other_history', no: taken.no };
  return facts.slice(facts.length - taken.facts.length);
}

/** Neighbours of one kind are taken together. */
function groups(facts: readonly Fact[]): Fact[][] {
  const found: Fact[][] = [];
  for (const fact of facts) {
    const group = found.at(-1);
    if (group?.[0]?.kind === fact.kind) group.push(fact);
    else found.push([fact]);
  }
  return found;
}

async function takeGroup(
  tx: Tx,
  source: Source,
  facts: readonly Fact[],
): Promise<TakeRefusal | undefined> {
  const [first] = facts;
  assert(first, 'a group has a fact');
  const { kind, no } = first;
  const taker = takers[source.stream].get(kind);
  if (!taker) return { ok: false, code: 'unknown_fact', no, kind };
  try {
    const why = await taker(
      tx,
      source,
      facts.map(({ body }) => body),
    );
    return why === undefined ? undefined : { ok: false, code: 'unsound_fact', no, why };
  } catch (error) {
    const why = unsoundness(error);
    if (why === undefined) throw error;
    return { ok: false, code: 'unsound_fact', no, why };
  }
}

/** What of a database's complaint is the fault of what was sent: data that does not parse, or breaks a constraint. */
function unsoundness(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof postgres.PostgresError)) return undefined;
  const isData = cause.code.startsWith('22') || cause.code.startsWith('23');
  return isData ? (cause.constraint_name ?? cause.code) : undefined;
}
