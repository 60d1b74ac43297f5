import fc from 'fast-check';
import {
  checkpointDirections,
  makeId,
  venueRules,
  type AreaId,
  type Attempt,
  type CheckpointId,
  type CodeFinding,
  type EventId,
  type PassStatus,
  type TypeId,
  type VenueRules,
} from '../src/index.ts';
import { anyPolicy } from './arbitraries.ts';

/*
 * Small venues and short histories, drawn so that passes meet often: few areas, tight capacities, three days of 100 ms and
 * nights of 20 ms between them.
 */

export const eventId = makeId<EventId>(1, 1n);
const strangeEvent = makeId<EventId>(1, 2n);
const areaOf = (no: number) => makeId<AreaId>(1, 10n + BigInt(no));
const checkpointOf = (no: number) => makeId<CheckpointId>(1, 20n + BigInt(no));
const typeOf = (no: number) => makeId<TypeId>(1, 40n + BigInt(no));

export const outside = areaOf(0);
const innerAreas = [1, 2, 3].map(areaOf);
const allAreas = [outside, ...innerAreas];
const days = [1, 2, 3].map((no) => ({ no, startsAt: no * 120, endsAt: no * 120 + 100 }));
const anyInstant = fc.integer({ min: 90, max: 490 });

const anyCapacity = fc.constantFrom(null, null, 0, 1, 2, 3, 3);

/** `n_times` with an N that is soon used up. */
const anyPolicyHere = anyPolicy.map((policy) =>
  policy.kind === 'n_times' ? { ...policy, n: 1 + (policy.n % 2) } : policy,
);

const anyWindow = fc
  .record({
    areaId: fc.constantFrom(...innerAreas),
    startsAt: anyInstant,
    length: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ areaId, startsAt, length }) => ({ areaId, startsAt, endsAt: startsAt + length }));
const always = innerAreas.map((areaId) => ({ areaId, startsAt: 0, endsAt: 1000 }));
/** Mostly open at all times, so that histories get long. */
const anyEntitlements = fc.oneof(
  { weight: 3, arbitrary: fc.constant(always) },
  { weight: 2, arbitrary: fc.array(anyWindow, { minLength: 3, maxLength: 9 }) },
);

const gate = { fromArea: outside, toArea: areaOf(1), directions: 'both' as const };
const anyCheckpoint = fc
  .record({
    fromArea: fc.constantFrom(outside, ...innerAreas),
    toArea: fc.constantFrom(...innerAreas),
    directions: fc.constantFrom('both' as const, ...checkpointDirections),
  })
  .filter(({ fromArea, toArea }) => fromArea !== toArea);
/** The first is a gate, so that every venue can be entered and left. */
const anyCheckpoints = fc
  .array(anyCheckpoint, { minLength: 3, maxLength: 3 })
  .map((others) => [gate, ...others]);

export const anyRules: fc.Arbitrary<VenueRules> = fc
  .record({
    capacities: fc.tuple(anyCapacity, anyCapacity, anyCapacity),
    checkpoints: anyCheckpoints,
    types: fc.array(fc.record({ policy: anyPolicyHere, entitlements: anyEntitlements }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ capacities, checkpoints, types }) =>
    venueRules({
      eventId,
      outsideAreaId: outside,
      days,
      areas: allAreas.map((id, no) => ({
        id,
        capacity: no === 0 ? null : (capacities[no - 1] ?? null),
      })),
      checkpoints: checkpoints.map((checkpoint, no) => ({ ...checkpoint, id: checkpointOf(no) })),
      types: types.map((type, no) => ({ ...type, id: typeOf(no) })),
    }),
  );

/** Mostly what a gate sees all day, sometimes anything. */
const anyFinding = fc.oneof(
  { weight: 24, arbitrary: fc.constant<CodeFinding>('known') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<CodeFinding>(
      'dead_medium',
      'unknown_code',
      'bad_signature',
      'other_event',
    ),
  },
);
const anyStatus = fc.oneof(
  { weight: 24, arbitrary: fc.constant<PassStatus>('valid') },
  { weight: 1, arbitrary: fc.constantFrom<PassStatus>('revoked', 'refunded', 'unpaid', 'blocked') },
);
/** Not the ends of the range, which are drawn more often. */
const rarely = fc.integer({ min: 0, max: 24 }).map((drawn) => drawn === 7);

const anyDevice = fc.record({
  eventId: rarely.map((strange) => (strange ? strangeEvent : eventId)),
  checkpointIds: rarely.map((bound) => (bound ? new Set([checkpointOf(0)]) : null)),
});

/** One step of a history: which pass comes where. The pass's standing is drawn anew each time, as an admin might change it. */
export interface Step extends Attempt {
  readonly passNo: number;
  readonly status: PassStatus;
  readonly needsAttention: boolean;
  readonly strangeEvent: boolean;
}

/** Mostly the gate and the others, sometimes one that there is not. */
const anyCheckpointId = fc
  .constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4)
  .map(checkpointOf);

const anyStep: fc.Arbitrary<Step> = fc.record({
  passNo: fc.constantFrom(0, 1, 2, 3),
  finding: anyFinding,
  status: anyStatus,
  needsAttention: rarely,
  strangeEvent: rarely,
  device: anyDevice,
  scan: fc.record({
    checkpointId: anyCheckpointId,
    direction: fc.constantFrom('entry' as const, 'entry' as const, 'exit' as const),
    at: anyInstant,
  }),
});

/** Steps in order of time, but for a few whose clock is wrong. */
export const anyHistory: fc.Arbitrary<Step[]> = fc
  .array(fc.tuple(anyStep, rarely), { minLength: 1, maxLength: 60, size: 'max' })
  .map((drawn) => {
    const times = drawn.map(([step]) => step.scan.at).sort((a, b) => a - b);
    return drawn.map(([step, wrongClock], i) => ({
      ...step,
      scan: { ...step.scan, at: wrongClock ? step.scan.at : (times[i] ?? step.scan.at) },
    }));
  });

export const passTypeOf = (rules: VenueRules, passNo: number): TypeId =>
  typeOf(passNo % rules.types.size);
export const aStrangeEvent = strangeEvent;
