import type { AreaId, CheckpointId, EventId, TypeId } from '../ids/brands.ts';
import type { EventDay } from '../venue/days.ts';
import type { Area, Checkpoint } from '../venue/graph.ts';
import type { TypeRules, VenueRules } from './types.ts';

/** An event's rules as rows, from a database or a file. */
export interface VenueRows {
  readonly eventId: EventId;
  /** 0 where it is missing: an event that only one site knows. */
  readonly epoch?: number;
  readonly outsideAreaId: AreaId;
  readonly days: readonly EventDay[];
  readonly areas: readonly Area[];
  readonly checkpoints: readonly Checkpoint[];
  readonly types: readonly (TypeRules & { readonly id: TypeId })[];
}

/** Rows put in order and made quick to look up. */
export function venueRules(rows: VenueRows): VenueRules {
  return {
    eventId: rows.eventId,
    epoch: rows.epoch ?? 0,
    outsideAreaId: rows.outsideAreaId,
    days: rows.days.toSorted((a, b) => a.startsAt - b.startsAt),
    areas: new Map<AreaId, Area>(rows.areas.map((area) => [area.id, area])),
    checkpoints: new Map<CheckpointId, Checkpoint>(
      rows.checkpoints.map((point) => [point.id, point]),
    ),
    types: new Map<TypeId, TypeRules>(rows.types.map((type) => [type.id, inOrder(type)])),
  };
}

function inOrder(type: TypeRules): TypeRules {
  return {
    policy: type.policy,
    entitlements: type.entitlements.toSorted((a, b) => a.startsAt - b.startsAt),
  };
}
