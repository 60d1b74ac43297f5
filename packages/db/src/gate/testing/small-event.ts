import { randomUUID } from 'node:crypto';
import {
  type AreaId,
  type CheckpointId,
  type DeviceId,
  type EntryPolicy,
  type EventId,
  formatBarcode,
  type BarcodeNumber,
  type PassId,
  type TypeId,
} from '@catraca/domain';
import { and, eq, inArray } from 'drizzle-orm';
import assert from 'node:assert/strict';
import type { Db } from '../../client.ts';
import { enrolDevice } from '../../commands/devices/enrol-device.ts';
import { ensureSigningKey, loadSigningKey } from '../../commands/keys/signing-keys.ts';
import { issuePasses } from '../../commands/passes/issue-passes.ts';
import { claimsOfMedium } from '../../commands/passes/sign-medium.ts';
import { initSite } from '../../local-site.ts';
import {
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  media,
  organizations,
  passes,
  passTypes,
  persons,
} from '../../schema/index.ts';

const dayMs = 86_400_000;

/** Seals the signing keys of test databases. */
const masterKey = new Uint8Array(32).fill(7);

export type PolicyKind = EntryPolicy['kind'];

/** Two entrances from outside into the hall, and a door from the hall to the stage. The day is today. */
export interface SmallEvent {
  eventId: EventId;
  outside: AreaId;
  hall: AreaId;
  stage: AreaId;
  north: CheckpointId;
  south: CheckpointId;
  stageDoor: CheckpointId;
  /** A type of each policy (three times for `n_times`), which opens hall and stage for these days. */
  types: Record<PolicyKind, TypeId>;
}

export interface SmallEventOptions {
  stageCapacity?: number;
  hallCapacity?: number;
}

export async function makeSmallEvent(
  db: Db,
  { stageCapacity, hallCapacity }: SmallEventOptions = {},
): Promise<SmallEvent> {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  const eventId = await insertEvent(db);
  const area = async (no: number, name: string, capacity?: number) => {
    const [row] = await db
      .insert(areas)
      .values({ eventId, no, name, capacity: capacity ?? null, polygon: [] })
      .returning();
    return row?.id as AreaId;
  };
  const outside = await area(0, 'Outside');
  const hall = await area(1, 'Hall', hallCapacity);
  const stage = await area(2, 'Stage', stageCapacity);
  const point = async (no: number, name: string, fromAreaId: AreaId, toAreaId: AreaId) => {
    const values = {
      eventId,
      no,
      name,
      fromAreaId,
      toAreaId,
      directions: 'both',
      x: 0,
      y: 0,
    } as const;
    const [row] = await db.insert(checkpoints).values(values).returning();
    return row?.id as CheckpointId;
  };
  return {
    ...{ eventId, outside, hall, stage },
    north: await point(1, 'North gate', outside, hall),
    south: await point(2, 'South gate', outside, hall),
    stageDoor: await point(3, 'Stage door', hall, stage),
    types: await insertTypes(db, eventId, [hall, stage]),
  };
}

async function insertEvent(db: Db): Promise<EventId> {
  const organizationId = randomUUID();
  await db.insert(organizations).values({ id: organizationId, name: 'Test', slug: organizationId });
  const [event] = await db
    .insert(events)
    .values({
      ...{ organizationId, slug: randomUUID(), name: 'Small event' },
      ...{ tagline: { en: '' }, description: { en: '' }, venueName: '', venueAddress: '' },
      ...{
        timeZone: 'UTC',
        currency: 'EUR',
        look: { posterPath: null, accent: '#000', ink: '#fff' },
      },
    })
    .returning();
  assert(event);
  const startsAt = new Date(Date.now() - dayMs / 2);
  const endsAt = new Date(Date.now() + dayMs / 2);
  const localDate = startsAt.toISOString().slice(0, 10);
  await db.insert(eventDays).values({ eventId: event.id, no: 1, localDate, startsAt, endsAt });
  return event.id as EventId;
}

async function insertTypes(
  db: Db,
  eventId: EventId,
  opens: AreaId[],
): Promise<SmallEvent['types']> {
  const kinds: PolicyKind[] = ['once', 'once_per_day', 'reentry', 'n_times', 'unlimited'];
  const types = {} as SmallEvent['types'];
  for (const [index, kind] of kinds.entries()) {
    const [type] = await db
      .insert(passTypes)
      .values({
        ...{ eventId, no: index + 1, kind: 'credential', colour: '#336699' },
        ...{ name: { en: `Type ${kind}` }, description: { en: '' } },
        ...{ policyKind: kind, policyCount: kind === 'n_times' ? 3 : null },
      })
      .returning();
    assert(type);
    types[kind] = type.id as TypeId;
    const window = { startsAt: new Date(Date.now() - dayMs), endsAt: new Date(Date.now() + dayMs) };
    await db
      .insert(entitlements)
      .values(opens.map((areaId) => ({ typeId: type.id, areaId, ...window })));
  }
  return types;
}

export interface TestPass {
  passId: PassId;
  /** The text of its QR code. */
  token: string;
  barcode: string;
}

/** Passes of a type, each with its own holder, `Holder 0` and so on. */
export async function makePasses(
  db: Db,
  { eventId }: SmallEvent,
  typeId: TypeId,
  count: number,
): Promise<TestPass[]> {
  await ensureSigningKey(db, masterKey, new Date());
  const loaded = await loadSigningKey(db, masterKey);
  assert(loaded.ok);
  const holders = await db
    .insert(persons)
    .values(
      Array.from({ length: count }, (_, i) => ({
        eventId,
        name: `Holder ${i}`,
        nameSearch: `holder ${i}`,
      })),
    )
    .returning();
  const ids = await db.transaction((tx) =>
    issuePasses(
      tx,
      loaded.key,
      holders.map(({ id }) => ({ typeId, holderId: id, orderLineId: null, seatId: null })),
      new Date(),
    ),
  );
  return codesOf(db, ids);
}

async function codesOf(db: Db, ids: bigint[]): Promise<TestPass[]> {
  const rows = await db
    .select({ pass: passes, medium: media, typeNo: passTypes.no })
    .from(passes)
    .innerJoin(media, and(eq(media.passId, passes.id), eq(media.state, 'active')))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .where(inArray(passes.id, ids));
  const mediaOf = Map.groupBy(rows, ({ pass }) => pass.id);
  return ids.map((id) => {
    const [qr, bar] = (mediaOf.get(id) ?? []).sort((a, b) => a.medium.no - b.medium.no);
    assert(qr && bar?.medium.code);
    const { token } = claimsOfMedium({ eventId: qr.pass.eventId, typeNo: qr.typeNo }, qr.medium);
    return {
      passId: id as PassId,
      token,
      barcode: formatBarcode(bar.medium.code as BarcodeNumber),
    };
  });
}

export interface TestDevice {
  id: DeviceId;
  token: string;
}

export async function makeDevice(
  db: Db,
  { eventId }: SmallEvent,
  options: { checkpointIds?: CheckpointId[]; expiresAt?: Date; name?: string } = {},
): Promise<TestDevice> {
  const enrolled = await enrolDevice(
    db,
    {
      ...{ eventId, name: options.name ?? 'Scanner', kind: 'scanner' },
      checkpointIds: options.checkpointIds ?? null,
      expiresAt: options.expiresAt ?? new Date(Date.now() + dayMs),
    },
    new Date(),
  );
  assert(enrolled.ok);
  return { id: enrolled.device.id as DeviceId, token: enrolled.token };
}
