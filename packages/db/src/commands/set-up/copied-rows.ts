import { clockAt, instantOf, plusDays } from '@catraca/domain';
import type { Tx } from '../../client.ts';
import { at, takeIds } from '../ids.ts';

/** The same time of day, so many dates later. */
export function laterBy(instant: Date, days: number, zone: string): Date {
  const { date, time } = clockAt(instant.getTime(), zone);
  return new Date(instantOf({ date: plusDays(date, days), time }, zone));
}

/** New ids for these rows, by the old ones. */
export async function newIds(
  tx: Tx,
  rows: readonly { id: bigint }[],
): Promise<Map<bigint, bigint>> {
  const ids = await takeIds(tx, rows.length);
  return new Map(rows.map(({ id }, index) => [id, at(ids, index)]));
}

/** What the rows that are copied say of it is one of the rows that were copied before. */
export function idIn(ids: ReadonlyMap<bigint, bigint>, old: bigint): bigint {
  const id = ids.get(old);
  if (id === undefined) throw new Error(`${old} was not copied`);
  return id;
}
