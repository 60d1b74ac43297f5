import {
  makeId,
  venueRules,
  type AreaId,
  type CheckpointId,
  type Crossing,
  type DeviceFacts,
  type EntryPolicy,
  type EventId,
  type PassFacts,
  type ScanFacts,
  type TypeId,
} from '../src/index.ts';

/*
 * The venue of the admission table: a hall behind the gates, in it a stage and the backstage. Three days, 09:00 to 22:00 UTC.
 */

export const event = makeId<EventId>(1, 1n);
export const otherEvent = makeId<EventId>(1, 2n);

const area = (no: number) => makeId<AreaId>(1, 10n + BigInt(no));
export const areas = { outside: area(0), hall: area(1), stage: area(2), backstage: area(3) };
export type AreaName = keyof typeof areas;

const checkpoint = (no: number) => makeId<CheckpointId>(1, 20n + BigInt(no));
export const checkpoints = {
  gate: checkpoint(1),
  entranceOnly: checkpoint(2),
  exitOnly: checkpoint(3),
  stageDoor: checkpoint(4),
  backstageDoor: checkpoint(5),
  stageToBackstage: checkpoint(6),
};
export type CheckpointName = keyof typeof checkpoints;
export const strangeCheckpoint = checkpoint(99);

const type = (no: number) => makeId<TypeId>(1, 30n + BigInt(no));
export const types = {
  once: type(1),
  oncePerDay: type(2),
  reentry: type(3),
  threeTimes: type(4),
  unlimited: type(5),
  /** The hall on day 2 only. */
  dayTwo: type(6),
  /** The hall while it is built, the evening before, and cleared, the morning after: on no event day. */
  builders: type(7),
  /** The hall on each day from 10:00 to 12:00 and from 14:00 to 16:00. */
  twoSlots: type(8),
};
export type TypeName = keyof typeof types;
export const strangeType = type(99);

/** `at(1, '10:00')`: that time of day 1, UTC, ms since 1970. Day 0 is the evening before. */
export function at(day: number, time: string): number {
  return Date.parse(`2027-05-0${day + 1}T${time}:00Z`);
}

const dayNos = [1, 2, 3];
const windows = (areaId: AreaId, days: number[], from = '09:00', until = '22:00') =>
  days.map((day) => ({ areaId, startsAt: at(day, from), endsAt: at(day, until) }));
const everywhere = [
  ...windows(areas.hall, dayNos),
  ...windows(areas.stage, dayNos),
  // The backstage is not for visitors: only `unlimited` opens it.
];
const visitor = (id: TypeId, policy: EntryPolicy) => ({ id, policy, entitlements: everywhere });

export const convention = venueRules({
  eventId: event,
  outsideAreaId: areas.outside,
  days: dayNos.map((no) => ({ no, startsAt: at(no, '09:00'), endsAt: at(no, '22:00') })),
  areas: [
    { id: areas.outside, capacity: null },
    { id: areas.hall, capacity: 5 },
    { id: areas.stage, capacity: 2 },
    { id: areas.backstage, capacity: null },
  ],
  checkpoints: [
    { id: checkpoints.gate, fromArea: areas.outside, toArea: areas.hall, directions: 'both' },
    {
      id: checkpoints.entranceOnly,
      fromArea: areas.outside,
      toArea: areas.hall,
      directions: 'entry',
    },
    { id: checkpoints.exitOnly, fromArea: areas.outside, toArea: areas.hall, directions: 'exit' },
    { id: checkpoints.stageDoor, fromArea: areas.hall, toArea: areas.stage, directions: 'both' },
    {
      id: checkpoints.backstageDoor,
      fromArea: areas.hall,
      toArea: areas.backstage,
      directions: 'both',
    },
    {
      id: checkpoints.stageToBackstage,
      fromArea: areas.stage,
      toArea: areas.backstage,
      directions: 'both',
    },
  ],
  types: [
    visitor(types.once, { kind: 'once' }),
    visitor(types.oncePerDay, { kind: 'once_per_day' }),
    visitor(types.reentry, { kind: 'reentry' }),
    visitor(types.threeTimes, { kind: 'n_times', n: 3 }),
    {
      id: types.unlimited,
      policy: { kind: 'unlimited' },
      entitlements: [...everywhere, ...windows(areas.backstage, dayNos)],
    },
    { id: types.dayTwo, policy: { kind: 'once' }, entitlements: windows(areas.hall, [2]) },
    {
      id: types.builders,
      policy: { kind: 'reentry' },
      entitlements: [
        { areaId: areas.hall, startsAt: at(0, '18:00'), endsAt: at(0, '23:00') },
        { areaId: areas.hall, startsAt: at(4, '06:00'), endsAt: at(4, '12:00') },
      ],
    },
    {
      id: types.twoSlots,
      policy: { kind: 'reentry' },
      entitlements: [
        ...windows(areas.hall, dayNos, '14:00', '16:00'),
        ...windows(areas.hall, dayNos, '10:00', '12:00'),
      ],
    },
  ],
});

/** A pass that has crossed: by default once, in at the gate on day 1 at 10:00. */
export function last(into: AreaName, facts: Partial<Omit<Crossing, 'toArea'>> = {}): Crossing {
  return {
    crossingNo: 1,
    at: at(1, '10:00'),
    toArea: areas[into],
    verdict: into === 'outside' ? 'exited' : 'admitted',
    entries: 1,
    day: 1,
    dayEntries: 1,
    ...facts,
  };
}

export function pass(
  type: TypeName,
  lastCrossing: Crossing | null = null,
  facts: Partial<PassFacts> = {},
): PassFacts {
  return {
    eventId: event,
    typeId: types[type],
    status: 'valid',
    needsAttention: false,
    last: lastCrossing,
    ...facts,
  };
}

export function scan(
  checkpoint: CheckpointName,
  direction: 'entry' | 'exit',
  day: number,
  time: string,
): ScanFacts {
  return { checkpointId: checkpoints[checkpoint], direction, at: at(day, time) };
}

export const anyDevice: DeviceFacts = { eventId: event, checkpointIds: null };
