import type { LiveConflicts, LiveDevice } from '@catraca/protocol';
import type { CheckpointRates } from '#lib/live/live-feed.svelte.ts';
import { occupancyLevel } from './occupancy-level.ts';
import type { WallPlan } from './wall-plan.ts';

/** What the control room should look at, most urgent first. */
export type Attention =
  | { kind: 'conflict'; id: string; count: number; at: Date }
  | { kind: 'area_full'; id: string; name: string; people: number }
  | { kind: 'area_nearly'; id: string; name: string; people: number; capacity: number }
  | { kind: 'refusing'; id: string; name: string; refused: number; all: number }
  | { kind: 'device'; id: string; name: string; at: Date };

/** A gate refuses too much when it refuses this many a minute and this share of all it reads. */
const refusedPerMinuteMin = 5;
const refusedShareMin = 0.3;

/** A device that was seen within this time and is gone is missed; one put away yesterday is not. */
const missedForMs = 60 * 60 * 1000;

export function isRefusing({
  admittedPerMinute,
  exitedPerMinute,
  refusedPerMinute,
}: CheckpointRates): boolean {
  const all = admittedPerMinute + exitedPerMinute + refusedPerMinute;
  return refusedPerMinute >= refusedPerMinuteMin && refusedPerMinute >= all * refusedShareMin;
}

interface Seen {
  people: ReadonlyMap<string, number>;
  rates: ReadonlyMap<string, CheckpointRates>;
  devices: ReadonlyMap<string, LiveDevice>;
  conflicts: LiveConflicts;
}

export function attentionOf(
  plan: WallPlan,
  { people, rates, devices, conflicts }: Seen,
  now: Date,
): Attention[] {
  return [
    ...conflictAttention(conflicts),
    ...plan.areas.flatMap((area) => areaAttention(area, people.get(area.id) ?? 0)),
    ...plan.checkpoints.flatMap((checkpoint) =>
      checkpointAttention(checkpoint, rates.get(checkpoint.id)),
    ),
    ...[...devices.values()].flatMap((device) => deviceAttention(device, now)),
  ].sort((a, b) => urgency[a.kind] - urgency[b.kind]);
}

const urgency: Record<Attention['kind'], number> = {
  conflict: 0,
  area_full: 1,
  refusing: 2,
  area_nearly: 3,
  device: 4,
};

/** Somebody may be in with a ticket that somebody else came in with: until a person has looked, it stays. */
function conflictAttention({ unseen, lastAt }: LiveConflicts): Attention[] {
  if (unseen === 0 || lastAt === null) return [];
  return [{ kind: 'conflict', id: '', count: unseen, at: new Date(lastAt) }];
}

function areaAttention(
  { id, name, capacity, isOutside }: WallPlan['areas'][number],
  people: number,
): Attention[] {
  if (isOutside || capacity === null) return [];
  const level = occupancyLevel(people, capacity);
  if (level === 'full') return [{ kind: 'area_full', id, name, people }];
  return level === 'nearly_full' ? [{ kind: 'area_nearly', id, name, people, capacity }] : [];
}

function checkpointAttention(
  { id, name }: WallPlan['checkpoints'][number],
  rates: CheckpointRates | undefined,
): Attention[] {
  if (!rates || !isRefusing(rates)) return [];
  const { admittedPerMinute, exitedPerMinute, refusedPerMinute: refused } = rates;
  return [
    { kind: 'refusing', id, name, refused, all: admittedPerMinute + exitedPerMinute + refused },
  ];
}

function deviceAttention({ id, name, online, lastSeenAt }: LiveDevice, now: Date): Attention[] {
  if (online || lastSeenAt === null) return [];
  const at = new Date(lastSeenAt);
  return now.getTime() - at.getTime() < missedForMs ? [{ kind: 'device', id, name, at }] : [];
}
