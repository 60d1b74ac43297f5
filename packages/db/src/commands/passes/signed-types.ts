import { assert, maskOf, type EntryPolicy } from '@catraca/domain';
import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { areas, entitlements, eventDays, passTypes } from '../../schema/index.ts';

/** What a pass type says in its passes' tokens. */
export interface SignedType {
  eventId: bigint;
  kind: 'ticket' | 'credential';
  no: number;
  policy: EntryPolicy;
  areaMask: number;
  dayMask: number;
}

export async function readSignedTypes(
  db: DbOrTx,
  typeIds: readonly bigint[],
): Promise<Map<bigint, SignedType>> {
  const rows = await db
    .select({
      type: passTypes,
      // Tokens have a bit for areas 1 to 16; `outside` is everybody's.
      areaNos: sql<
        number[]
      >`coalesce(jsonb_agg(distinct ${areas.no}) filter (where ${areas.no} >= 1), '[]')`,
      dayNos: sql<
        number[]
      >`coalesce(jsonb_agg(distinct ${eventDays.no}) filter (where ${eventDays.no} is not null), '[]')`,
    })
    .from(passTypes)
    .leftJoin(entitlements, eq(entitlements.typeId, passTypes.id))
    .leftJoin(areas, eq(areas.id, entitlements.areaId))
    .leftJoin(
      eventDays,
      and(
        eq(eventDays.eventId, passTypes.eventId),
        lt(eventDays.startsAt, entitlements.endsAt),
        gt(eventDays.endsAt, entitlements.startsAt),
      ),
    )
    .where(inArray(passTypes.id, [...typeIds]))
    .groupBy(passTypes.id);
  return new Map(
    rows.map(({ type, areaNos, dayNos }) => [
      type.id,
      {
        eventId: type.eventId,
        kind: type.kind,
        no: type.no,
        policy: policyOf(type.policyKind, type.policyCount),
        areaMask: maskOf(areaNos),
        dayMask: maskOf(dayNos),
      },
    ]),
  );
}

/** The entry policy in two columns. */
export function policyOf(kind: EntryPolicy['kind'], count: number | null): EntryPolicy {
  if (kind !== 'n_times') return { kind };
  assert(count !== null, 'n_times has a count');
  return { kind, n: count };
}

export function policyCountOf(policy: EntryPolicy): number | null {
  return policy.kind === 'n_times' ? policy.n : null;
}
