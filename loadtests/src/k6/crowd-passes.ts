import { type Db, schema } from '@catraca/db';
import { inArray } from 'drizzle-orm';
import { type LoadPass, makePasses } from './passes.ts';
import type { LoadVenue, TypeName } from './venue.ts';

/** What a day pass may be besides valid. */
type Status = 'revoked' | 'refunded' | 'unpaid' | 'blocked';

/** Passes by what they are good for, to be taken from as a plan needs them. */
export type CrowdPasses = Record<TypeName | Status, LoadPass[]>;

interface Counts {
  readonly people: number;
  /** Of them, those who come and go. */
  readonly coming: number;
  /** Refusals of each kind, and how many kinds there are. */
  readonly perKind: number;
  readonly kinds: number;
}

/** Issues enough passes of each type; of those that are only refused, one for each time. */
export async function issueCrowdPasses(
  db: Db,
  masterKey: Uint8Array,
  { types }: LoadVenue,
  { people, coming, perKind, kinds }: Counts,
): Promise<CrowdPasses> {
  const make = (name: TypeName, count: number) => makePasses(db, masterKey, types[name], count);
  // Beside the people's: one for each refusal that is not of a type of its own.
  const day = await make('day', people - coming + perKind * kinds);
  const withStatus = async (status: Status) => {
    const some = day.splice(0, perKind);
    const ids = some.map(({ id }) => id);
    if (ids.length > 0) {
      await db.update(schema.passes).set({ status }).where(inArray(schema.passes.id, ids));
    }
    return some;
  };
  return {
    revoked: await withStatus('revoked'),
    refunded: await withStatus('refunded'),
    unpaid: await withStatus('unpaid'),
    blocked: await withStatus('blocked'),
    day,
    coming: await make('coming', coming + perKind * 2),
    twice: await make('twice', perKind),
    tomorrow: await make('tomorrow', perKind),
    later: await make('later', perKind),
    earlier: await make('earlier', perKind),
    other: await make('other', perKind),
  };
}
