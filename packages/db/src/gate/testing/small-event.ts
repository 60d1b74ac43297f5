import {
  type AreaId,
  type BarcodeNumber,
  type CheckpointId,
  type DeviceId,
  type EntryPolicy,
  type EventId,
  formatBarcode,
  type PassId,
  type TypeId,
} from '@catraca/domain';
import { and, eq, inArray } from 'drizzle-orm';
import assert from 'node:assert/strict';
import type { Db } from '../../client.ts';
import { enrolDevice } from '../../commands/devices/enrol-device.ts';
import { issuePasses } from '../../commands/passes/issue-passes.ts';
import { whoItIs } from '../../commands/persons.ts';
import { claimsOfMedium } from '../../commands/passes/sign-medium.ts';
import { initSite } from '../../local-site.ts';
import { media, passes, passTypes, persons } from '../../schema/index.ts';
import {
  type MadeEvent,
  makeAreas,
  makeCheckpoints,
  makeEvent,
  makeOrganization,
  makeType,
} from '../../seed/factories/index.ts';
import { testSigningKey } from '../../testing/shop.ts';

const dayMs = 86_400_000;

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
  /** No limit when there is none. */
  stageCapacity?: number | null;
  hallCapacity?: number | null;
}

export async function makeSmallEvent(
  db: Db,
  { stageCapacity = null, hallCapacity = null }: SmallEventOptions = {},
): Promise<SmallEvent> {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  const organizationId = await makeOrganization(db);
  const event = await makeEvent(db, { organizationId, name: 'Small event' }, new Date());
  const areas = [
    { no: 1, name: 'Hall', capacity: hallCapacity },
    { no: 2, name: 'Stage', capacity: stageCapacity },
  ];
  const [hall, stage] = await makeAreas(db, event.id, areas);
  assert(hall !== undefined && stage !== undefined);
  const outside = event.outsideAreaId;
  const joint = { directions: 'both', x: 0, y: 0 } as const;
  const [north, south, stageDoor] = await makeCheckpoints(db, event.id, [
    { ...joint, no: 1, name: 'North gate', fromAreaId: outside, toAreaId: hall },
    { ...joint, no: 2, name: 'South gate', fromAreaId: outside, toAreaId: hall },
    { ...joint, no: 3, name: 'Stage door', fromAreaId: hall, toAreaId: stage },
  ]);
  return {
    eventId: event.id as EventId,
    outside: outside as AreaId,
    hall: hall as AreaId,
    stage: stage as AreaId,
    north: north as CheckpointId,
    south: south as CheckpointId,
    stageDoor: stageDoor as CheckpointId,
    types: {
      once: await credentialType(db, event, [hall, stage], { kind: 'once' }),
      once_per_day: await credentialType(db, event, [hall, stage], { kind: 'once_per_day' }),
      reentry: await credentialType(db, event, [hall, stage], { kind: 'reentry' }),
      n_times: await credentialType(db, event, [hall, stage], { kind: 'n_times', n: 3 }),
      unlimited: await credentialType(db, event, [hall, stage], { kind: 'unlimited' }),
    },
  };
}

/** Credentials need no order. */
async function credentialType(
  db: Db,
  event: MadeEvent,
  areaIds: readonly bigint[],
  policy: EntryPolicy,
): Promise<TypeId> {
  const window = { startsAt: new Date(Date.now() - dayMs), endsAt: new Date(Date.now() + dayMs) };
  const type = await makeType(db, event.id, {
    ...{ kind: 'credential', name: { en: `Type ${policy.kind}` }, colour: '#336699' },
    ...{ policy, opens: areaIds.map((areaId) => ({ areaId, ...window })) },
  });
  return type.id as TypeId;
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
  const key = await testSigningKey(db, new Date());
  const holders = await db
    .insert(persons)
    .values(
      Array.from({ length: count }, (_, i) => ({
        eventId,
        ...whoItIs({ name: `Holder ${i}`, email: null }),
      })),
    )
    .returning();
  const ids = await db.transaction((tx) =>
    issuePasses(
      tx,
      key,
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
