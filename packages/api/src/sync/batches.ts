import {
  type Cursor,
  type Db,
  readCursor,
  readFacts,
  type Stream,
  takeFacts,
  type TakeRefusal,
} from '@catraca/db';
import { type FactBatchMessage, factsLengthMax, factsPerMessageMax } from '@catraca/protocol';

const size = { facts: factsPerMessageMax, length: factsLengthMax };

interface CursorMessage {
  no: number;
  id: string | null;
}

export interface OfStreams<Value> {
  sales: Value;
  scans: Value;
}

/**
 * This site's own facts of an event after what the other site has taken. Scans go only with the last of the sales that were there before
 * them (SPEC Y-6): sales are read once more after them.
 */
export async function factsAfter(
  db: Db,
  eventId: bigint,
  taken: OfStreams<{ no: number }>,
): Promise<OfStreams<FactBatchMessage>> {
  const of = (stream: Stream) => readFacts(db, eventId, stream, taken[stream].no, size);
  const before = await of('sales');
  if (before.waiting > 0) return { sales: before, scans: noScans };
  const scans = await of('scans');
  const sales = await of('sales');
  return { sales, scans: sales.waiting > 0 ? noScans : scans };
}

/** Scans that wait for sales are not counted yet: there is more to come anyway. */
const noScans: FactBatchMessage = { afterId: null, facts: [], waiting: 0 };

export async function cursorsOf(
  db: Db,
  eventId: bigint,
  author: number,
): Promise<OfStreams<CursorMessage>> {
  const of = async (stream: Stream) => message(await readCursor(db, { eventId, stream, author }));
  return { sales: await of('sales'), scans: await of('scans') };
}

export interface TakenOfEvent {
  taken: OfStreams<CursorMessage>;
  refused: OfStreams<{ code: string; no: number | null; why: string } | null>;
  /** Whether its author's history is another one than it told before. */
  otherHistory: boolean;
}

/** Takes the other site's facts of an event: sales first, and scans only when no sale is missing before them. */
export async function takeBatches(
  db: Db,
  eventId: bigint,
  author: number,
  facts: OfStreams<FactBatchMessage>,
): Promise<TakenOfEvent> {
  const of = (stream: Stream) => takeFacts(db, { eventId, stream, author }, facts[stream]);
  const sales = await of('sales');
  const scans = sales.ok ? await of('scans') : sales;
  const results = [sales, scans];
  return {
    taken: await cursorsOf(db, eventId, author),
    refused: { sales: describe(sales), scans: describe(scans) },
    otherHistory: results.some((result) => !result.ok && result.code === 'other_history'),
  };
}

function describe(result: { ok: true } | TakeRefusal) {
  if (result.ok) return null;
  switch (result.code) {
    case 'gap':
      return { code: result.code, no: result.expected, why: `then came ${result.got}` };
    case 'other_history':
      return { code: result.code, no: result.no, why: 'it is another fact now' };
    case 'unknown_fact':
      return { code: result.code, no: result.no, why: `of kind ${result.kind}` };
    case 'unsound_fact':
      return { code: result.code, no: result.no, why: result.why };
  }
}

function message({ no, factId }: Cursor): CursorMessage {
  return { no, id: factId };
}
