import {
  aloneEpoch,
  makeId,
  venueRules,
  type AreaId,
  type CheckpointId,
  type EntryPolicy,
  type EventId,
  type TypeId,
  type VenueRules,
} from '../../src/index.ts';

/*
 * A small event, so that little is enough to run out of it: a hall behind a gate, a stage within, two days.
 */

export const hourMs = 3_600_000;
export const openingAt = Date.UTC(2027, 4, 1, 9);

export const eventId = makeId<EventId>(1, 1n);
const area = (no: bigint) => makeId<AreaId>(1, 10n + no);
export const outside = area(0n);
const hall = area(1n);
const stage = area(2n);
export const areas = [hall, stage];

export const gate = makeId<CheckpointId>(1, 20n);
export const stageDoor = makeId<CheckpointId>(1, 21n);

interface SceneType {
  readonly id: TypeId;
  readonly policy: EntryPolicy;
  /** Units for sale; 0 for a credential type. */
  readonly capacity: number;
  readonly isSeated: boolean;
}

const type = (no: bigint, policy: EntryPolicy, capacity = 0, isSeated = false): SceneType => ({
  id: makeId<TypeId>(1, 30n + no),
  policy,
  capacity,
  isSeated,
});

export const soldTypes: readonly SceneType[] = [
  type(0n, { kind: 'once' }, 9),
  type(1n, { kind: 'reentry' }, 5, true),
  type(2n, { kind: 'n_times', n: 2 }, 6),
  type(3n, { kind: 'once_per_day' }, 6),
];
/** The same person may be accredited as one at one site and as the other at the other. */
export const credentialTypes: readonly SceneType[] = [
  type(4n, { kind: 'reentry' }),
  type(5n, { kind: 'once' }),
];
export const allTypes: readonly SceneType[] = [...soldTypes, ...credentialTypes];
export const seats: readonly number[] = [1, 2, 3, 4, 5];

const forEver = { startsAt: 0, endsAt: Number.MAX_SAFE_INTEGER };
const day = (no: number) => ({
  no,
  startsAt: openingAt + (no - 1) * 24 * hourMs,
  endsAt: openingAt + (no - 1) * 24 * hourMs + 13 * hourMs,
});

const firstRules = venueRules({
  eventId,
  outsideAreaId: outside,
  days: [day(1), day(2)],
  areas: [outside, hall, stage].map((id) => ({ id, capacity: null })),
  checkpoints: [
    { id: gate, fromArea: outside, toArea: hall, directions: 'both' },
    { id: stageDoor, fromArea: hall, toArea: stage, directions: 'both' },
  ],
  types: allTypes.map(({ id, policy }) => ({
    id,
    policy,
    entitlements: areas.map((areaId) => ({ areaId, ...forEver })),
  })),
});

const rulesOf = new Map<number, VenueRules>([[0, firstRules]]);

/** The rules in the hands of an authority. */
export function rulesIn(epoch: number): VenueRules {
  const rules = rulesOf.get(epoch) ?? { ...firstRules, epoch };
  rulesOf.set(epoch, rules);
  return rules;
}

export const rulesAlone = rulesIn(aloneEpoch);
export const anyDevice = { eventId, checkpointIds: null };
