import type { AreaId, CheckpointId, EventId, TypeId } from '../ids/brands.ts';
import type { Area, Checkpoint, Direction } from '../venue/graph.ts';
import type { EventDay } from '../venue/days.ts';
import type { Admission, Refusal } from '../verdict/verdicts.ts';
import type { EntryPolicy } from './entry-policy.ts';

export const passStatuses = ['valid', 'revoked', 'refunded', 'unpaid', 'blocked'] as const;
export type PassStatus = (typeof passStatuses)[number];

/** A time in which a type opens an area. Ms since 1970; `endsAt` is the first instant after it. */
export interface Entitlement {
  readonly areaId: AreaId;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** What a pass of this ticket or credential type may do. */
export interface TypeRules {
  readonly policy: EntryPolicy;
  readonly entitlements: readonly Entitlement[];
}

/** All that is fixed about an event while scans are judged. Made by `venueRules`, which puts `days` in order. */
export interface VenueRules {
  readonly eventId: EventId;
  /** Of the authority that judges (`Authority`): the crossings it writes are numbered in it. */
  readonly epoch: number;
  readonly outsideAreaId: AreaId;
  readonly days: readonly EventDay[];
  readonly areas: ReadonlyMap<AreaId, Area>;
  readonly checkpoints: ReadonlyMap<CheckpointId, Checkpoint>;
  readonly types: ReadonlyMap<TypeId, TypeRules>;
}

/** A pass's last crossing, which is its whole state: the totals ride on it. A pass without one has never come in. */
export interface Crossing {
  /** 1, 2, 3 … for each pass, without a gap in an epoch; see `nextCrossingNo`. */
  readonly crossingNo: number;
  /** Ms since 1970. */
  readonly at: number;
  readonly toArea: AreaId;
  readonly verdict: Admission;
  /** Entries into the venue so far. */
  readonly entries: number;
  /** Number of the event day this crossing counts for (`countingDayNo`), 0 before the first. It never goes back. */
  readonly day: number;
  /** Entries into the venue on `day`. */
  readonly dayEntries: number;
}

/** What must be read about a pass, in the same request, to judge it. */
export interface PassFacts {
  readonly eventId: EventId;
  readonly typeId: TypeId;
  readonly status: PassStatus;
  /** A person must look before this pass is let in. */
  readonly needsAttention: boolean;
  readonly last: Crossing | null;
}

/**
 * What the code turned out to be, before any rule of the venue.
 * `known`: a living medium of the pass. `dead_medium`: one of its media that was replaced.
 * `other_event`: signed by us, for an event that is not judged here. `unknown_code` and `bad_signature` are their verdicts.
 */
export type CodeFinding =
  'known' | 'dead_medium' | 'unknown_code' | 'bad_signature' | 'other_event';

export interface ScanFacts {
  readonly checkpointId: CheckpointId;
  readonly direction: Direction;
  /** The instant that is judged, ms since 1970. A server takes its own clock's (SPEC A-4). */
  readonly at: number;
}

export interface DeviceFacts {
  readonly eventId: EventId;
  /** Where it may scan; null is everywhere in its event. */
  readonly checkpointIds: ReadonlySet<CheckpointId> | null;
}

/** People now in each area. An area that is missing has nobody; `outside` is not counted. */
export type Occupancy = ReadonlyMap<AreaId, number>;

/** The crossing an admission writes. */
export interface NextCrossing {
  readonly crossingNo: number;
  /** Where the pass truly was: `toArea` of its last crossing, or outside. */
  readonly fromArea: AreaId;
  readonly toArea: AreaId;
  readonly entries: number;
  readonly day: number;
  readonly dayEntries: number;
}

interface Decided {
  /** `crossingNo` of the state this was decided on, 0 for none: what makes a refusal auditable. */
  readonly seenNo: number;
  /** The area the scan wanted into (back into, for an exit); null when the checkpoint is not one of this event. */
  readonly areaId: AreaId | null;
}

export interface Admitted extends Decided {
  readonly verdict: Admission;
  readonly crossing: NextCrossing;
  readonly window: null;
}

export interface Refused extends Decided {
  readonly verdict: Refusal;
  readonly crossing: null;
  /** For `not_yet_valid`, `expired` and `wrong_day`: the window to name to the holder, the next one or else the last. */
  readonly window: Entitlement | null;
}

export type Decision = Admitted | Refused;
