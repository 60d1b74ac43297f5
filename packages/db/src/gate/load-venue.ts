import {
  type Area,
  type AreaId,
  type Checkpoint,
  type CheckpointId,
  type EventId,
  outsideAreaNo,
  type TypeId,
  type VenueRules,
  venueRules,
} from '@catraca/domain';
import { asc, eq, sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import type { Db, Tx } from '../client.ts';
import { policyOf } from '../commands/passes/signed-types.ts';
import { type Judging, readJudging } from '../sync/authority.ts';
import {
  areaCounters,
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  passTypes,
} from '../schema/index.ts';

/** All that is fixed about an event while scans are judged: the rules, and the words for the answers. */
export interface Venue {
  readonly eventId: EventId;
  readonly name: string;
  readonly timeZone: string;
  readonly rules: VenueRules;
  /** Whether this site judges the event; and if not, which one does, or will once it has the scans of the one before. */
  readonly judging: Judging;
  readonly areaNames: ReadonlyMap<AreaId, string>;
  /** In the order of their numbers. */
  readonly checkpoints: readonly (Checkpoint & { readonly name: string; readonly open: boolean })[];
  readonly types: ReadonlyMap<TypeId, { readonly name: string; readonly colour: string }>;
}

/** The venue as one snapshot of the database sees it. Areas that were never counted get their counter first. */
export async function loadVenue(db: Db, eventId: EventId): Promise<Venue | undefined> {
  await addCounters(db, eventId);
  return db.transaction((tx) => readVenue(tx, eventId), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

export async function readVenue(tx: Tx, eventId: EventId): Promise<Venue | undefined> {
  const [event] = await tx.select().from(events).where(eq(events.id, eventId));
  if (event === undefined) return undefined;
  const areaRows = await tx.select().from(areas).where(eq(areas.eventId, eventId));
  const points = await selectCheckpoints(tx, eventId);
  const types = await selectTypes(tx, eventId);
  const judging = await readJudging(tx, eventId);
  const outside = areaRows.find(({ no }) => no === outsideAreaNo);
  assert(outside, `event ${eventId} has no outside`);
  return {
    eventId,
    name: event.name,
    timeZone: event.timeZone,
    judging,
    rules: venueRules({
      eventId,
      epoch: judging.epoch,
      outsideAreaId: outside.id as AreaId,
      days: await selectDays(tx, eventId),
      areas: areaRows.map((row): Area => ({ id: row.id as AreaId, capacity: row.capacity })),
      checkpoints: points,
      types,
    }),
    areaNames: new Map(areaRows.map((row) => [row.id as AreaId, row.name])),
    checkpoints: points,
    types: new Map(types.map(({ id, name, colour }) => [id, { name, colour }])),
  };
}

/** Whoever adds an area need not think of its counter. */
async function addCounters(db: Db, eventId: EventId): Promise<void> {
  await db.execute(sql`
    insert into ${areaCounters} (area_id)
    select id from ${areas} where event_id = ${eventId} and no <> ${outsideAreaNo}
    on conflict do nothing`);
}

async function selectDays(tx: Tx, eventId: EventId) {
  const rows = await tx.select().from(eventDays).where(eq(eventDays.eventId, eventId));
  return rows.map(({ no, startsAt, endsAt }) => ({
    no,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
  }));
}

async function selectCheckpoints(tx: Tx, eventId: EventId): Promise<Venue['checkpoints']> {
  const rows = await tx
    .select()
    .from(checkpoints)
    .where(eq(checkpoints.eventId, eventId))
    .orderBy(asc(checkpoints.no));
  return rows.map(({ id, name, open, fromAreaId, toAreaId, directions }) => ({
    id: id as CheckpointId,
    name,
    open,
    fromArea: fromAreaId as AreaId,
    toArea: toAreaId as AreaId,
    directions,
  }));
}

async function selectTypes(tx: Tx, eventId: EventId) {
  const rows = await tx.select().from(passTypes).where(eq(passTypes.eventId, eventId));
  const windows = await tx
    .select({
      typeId: entitlements.typeId,
      areaId: entitlements.areaId,
      startsAt: entitlements.startsAt,
      endsAt: entitlements.endsAt,
    })
    .from(entitlements)
    .innerJoin(passTypes, eq(passTypes.id, entitlements.typeId))
    .where(eq(passTypes.eventId, eventId));
  const windowsOf = Map.groupBy(windows, ({ typeId }) => typeId);
  return rows.map((row) => ({
    id: row.id as TypeId,
    name: row.name.en,
    colour: row.colour,
    policy: policyOf(row.policyKind, row.policyCount),
    entitlements: (windowsOf.get(row.id) ?? []).map(({ areaId, startsAt, endsAt }) => ({
      areaId: areaId as AreaId,
      startsAt: startsAt.getTime(),
      endsAt: endsAt.getTime(),
    })),
  }));
}
