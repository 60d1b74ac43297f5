import type {
  Judged,
  NewScan,
  RecentScan,
  ScanTotals,
  Venue,
  WrittenBatch,
} from '@catraca/db/gate';
import { type AreaId, type CheckpointId, type EventId, moveBetween } from '@catraca/domain';
import type { ScansNews } from './bus.ts';

/** The venues as this process knows them. */
export interface KnownVenues {
  find(eventId: EventId): Venue | undefined;
}

/** What a judged batch has to tell: one piece for each transaction and event. Scans that were stored before are no news. */
export function newsOf(judged: Judged, venues: KnownVenues): ScansNews[] {
  return judged.written.flatMap(({ xid, scans }) =>
    [...Map.groupBy(scans, ({ eventId }) => eventId)].map(([eventId, ofEvent]) =>
      newsOfEvent(judged, { xid, scans: ofEvent }, eventId, venues),
    ),
  );
}

function newsOfEvent(
  judged: Judged,
  { xid, scans }: WrittenBatch,
  eventId: EventId,
  venues: KnownVenues,
): ScansNews {
  const people = new Map<AreaId, number>();
  const staff = new Map<AreaId, number>();
  const counts = new Map<CheckpointId, { -readonly [Key in keyof ScanTotals]: number }>();
  const outside = venues.find(eventId)?.rules.outsideAreaId;
  for (const { checkpointId, verdict, crossing, isStaff } of scans) {
    if (crossing !== null && outside !== undefined) {
      moveBetween(people, crossing, outside);
      if (isStaff) moveBetween(staff, crossing, outside);
    }
    const count = counts.get(checkpointId) ?? { admitted: 0, exited: 0, refused: 0 };
    count[verdict === 'admitted' || verdict === 'exited' ? verdict : 'refused'] += 1;
    counts.set(checkpointId, count);
  }
  return {
    kind: 'scans',
    eventId,
    xid,
    at: scans[0]?.at ?? 0,
    people: [...people]
      .map(([area, change]) => [area, change, staff.get(area) ?? 0] as const)
      .filter(([, change, ofStaff]) => change !== 0 || ofStaff !== 0),
    counts: [...counts],
    feed: scans.map((scan) => recentScan(scan, typeNameOf(judged, scan, venues))),
  };
}

function typeNameOf({ judgements }: Judged, scan: NewScan, venues: KnownVenues): string | null {
  const judgement = judgements.get(scan.scanId);
  if (judgement?.kind !== 'judged' || judgement.pass === null) return null;
  return venues.find(scan.eventId)?.types.get(judgement.pass.typeId)?.name ?? null;
}

function recentScan(scan: NewScan, typeName: string | null): RecentScan {
  const { scanId, at, checkpointId, deviceId, verdict } = scan;
  return { scanId, at, checkpointId, deviceId, verdict, typeName };
}
