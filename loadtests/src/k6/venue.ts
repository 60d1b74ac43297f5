import { randomUUID } from 'node:crypto';
import { type Db, enrolDevice, ensureSigningKey, schema } from '@catraca/db';
import { makeAreas, makeCheckpoints, makeEvent, makeType, type TypeDraft } from '@catraca/db/seed';
import type { EventId, Verdict } from '@catraca/domain';
import { and, eq } from 'drizzle-orm';
import assert from 'node:assert/strict';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

/** The kinds of passes of the event: each is a type, all but `day` and `coming` for what must be refused. */
export type TypeName = 'day' | 'coming' | 'twice' | 'tomorrow' | 'later' | 'earlier' | 'other';

/** The event at whose gates people are: a hall that all may enter, a backstage nobody may, a lounge that has no room. */
export interface LoadVenue {
  readonly eventId: EventId;
  readonly slug: string;
  readonly hall: bigint;
  readonly gates: readonly bigint[];
  readonly backstage: bigint;
  readonly lounge: bigint;
  readonly types: Record<TypeName, bigint>;
  readonly devices: readonly { readonly id: bigint; readonly token: string }[];
}

/** Whoever shows this type at a gate at once is told so. */
export const verdictOfType: Record<TypeName, Verdict> = {
  day: 'admitted',
  coming: 'admitted',
  twice: 'admitted',
  tomorrow: 'wrong_day',
  later: 'not_yet_valid',
  earlier: 'expired',
  other: 'wrong_event',
};

/** Makes it, with a device for each gate, of which the first may scan at its own gate only. */
export async function makeVenue(
  db: Db,
  masterKey: Uint8Array,
  counts: { gates: number; devices: number },
): Promise<LoadVenue> {
  const now = Date.now();
  await ensureSigningKey(db, masterKey, new Date(now));
  const event = await makeEvent(
    db,
    { slug: `load-${randomUUID()}`, dates: datesFrom(now, 2) },
    new Date(now),
  );
  const eventId = event.id as EventId;
  await centreDays(db, event.id, now);
  const [hall, backstage, lounge] = await makeAreas(db, event.id, [
    { no: 1, name: 'Hall', capacity: 1_000_000 },
    { no: 2, name: 'Backstage' },
    { no: 3, name: 'Lounge', capacity: 0 },
  ]);
  assert(hall !== undefined && backstage !== undefined && lounge !== undefined);
  const entrances = [...Array<bigint>(counts.gates).fill(hall), backstage, lounge];
  const checkpoints = await makeCheckpoints(
    db,
    event.id,
    entrances.map((toAreaId, index) => ({
      ...{ no: index + 1, name: `Gate ${index + 1}`, directions: 'both' as const, x: 0, y: 0 },
      ...{ fromAreaId: event.outsideAreaId, toAreaId },
    })),
  );
  const [toBackstage, toLounge] = checkpoints.slice(-2);
  assert(toBackstage !== undefined && toLounge !== undefined);
  const gates = checkpoints.slice(0, counts.gates);
  const types = await makeTypes(db, event.id, [hall, lounge], now);
  const devices = await makeDevices(db, event.id, counts.devices, gates.slice(0, 1));
  const doors = { hall, gates, backstage: toBackstage, lounge: toLounge };
  return { eventId, slug: event.slug, ...doors, types, devices };
}

function datesFrom(now: number, count: number): string[] {
  return Array.from({ length: count }, (_, day) =>
    new Date(now + day * dayMs).toISOString().slice(0, 10),
  );
}

/** Now is the noon of the first day: no run meets a midnight. */
async function centreDays(db: Db, eventId: bigint, now: number): Promise<void> {
  const { eventDays } = schema;
  const days = await db.select().from(eventDays).where(eq(eventDays.eventId, eventId));
  for (const { no } of days.sort((a, b) => b.no - a.no)) {
    const startsAt = new Date(now + (no - 1.5) * dayMs);
    const endsAt = new Date(now + (no - 0.5) * dayMs);
    const day = and(eq(eventDays.eventId, eventId), eq(eventDays.no, no));
    await db.update(eventDays).set({ startsAt, endsAt }).where(day);
  }
}

/** Credentials: a ticket would need an order, which no scan ever looks at. */
async function makeTypes(
  db: Db,
  eventId: bigint,
  areaIds: readonly bigint[],
  now: number,
): Promise<LoadVenue['types']> {
  const window = (from: number, to: number) =>
    areaIds.map((areaId) => ({
      ...{ areaId, startsAt: new Date(now + from), endsAt: new Date(now + to) },
    }));
  const make = async (owner: bigint, name: string, draft: TypeDraft) =>
    (await makeType(db, owner, { kind: 'credential', name: { en: name }, ...draft })).id;
  const today = window(-dayMs / 2, dayMs / 2);
  const other = await makeEvent(db, { slug: `other-${randomUUID()}` }, new Date(now));
  return {
    day: await make(eventId, 'Day', { opens: today }),
    coming: await make(eventId, 'Come and go', { policy: { kind: 'reentry' }, opens: today }),
    twice: await make(eventId, 'Once, by count', {
      policy: { kind: 'n_times', n: 1 },
      opens: today,
    }),
    tomorrow: await make(eventId, 'Tomorrow', { opens: window(dayMs / 2, dayMs) }),
    later: await make(eventId, 'In ten years', { opens: window(10 * yearMs, 11 * yearMs) }),
    earlier: await make(eventId, 'Last year', { opens: window(-yearMs - dayMs, -yearMs) }),
    other: await make(other.id, 'Of another event', {}),
  };
}

async function makeDevices(db: Db, eventId: bigint, count: number, firstOnly: bigint[]) {
  const expiresAt = new Date(Date.now() + dayMs);
  const devices: LoadVenue['devices'][number][] = [];
  for (let number = 1; number <= count; number++) {
    const name = `Scanner ${number}`;
    const checkpointIds = number === 1 ? firstOnly : null;
    const request = { eventId, name, kind: 'scanner' as const, checkpointIds, expiresAt };
    const enrolled = await enrolDevice(db, request, new Date());
    assert(enrolled.ok, 'a device was enrolled');
    devices.push({ id: enrolled.device.id, token: enrolled.token });
  }
  return devices;
}
