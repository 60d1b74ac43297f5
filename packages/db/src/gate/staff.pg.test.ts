import type { AreaId, CheckpointId, DeviceId, Direction, EventId } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantCredential } from '../commands/passes/grant-credential.ts';
import { initSite } from '../local-site.ts';
import { findTickets } from '../queries/find-tickets.ts';
import { areaCounters, areas, entitlements, passTypes } from '../schema/index.ts';
import { makeType } from '../seed/factories/index.ts';
import { makeDesk } from '../testing/desk.ts';
import { testDatabase } from '../testing/index.ts';
import { testSigningKey } from '../testing/shop.ts';
import { judgeScans, loadVenue, openGateDb, readLiveCounts, type Venue } from './index.ts';
import { gateScan, readOccupancy } from './testing/index.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const gate = openGateDb(url);
afterAll(() => gate.end());
const now = new Date();
const desk = await makeDesk(db, { now });
const eventId = desk.eventId as EventId;
const device = { id: desk.deviceId as DeviceId, token: desk.deviceToken };
let venue: Venue;
let hall: AreaId;
let visitor: string;
let staff: string;

async function tokenOf(passId: bigint): Promise<string> {
  const [ticket] = await findTickets(db, [passId]);
  if (!ticket) throw new Error('no ticket was found');
  return ticket.token;
}

beforeAll(async () => {
  const rows = await db.select().from(areas).where(eq(areas.eventId, eventId));
  hall = rows.find(({ no }) => no === 1)?.id as AreaId;
  const windows = await db.select().from(entitlements).where(eq(entitlements.typeId, desk.typeId));
  const opens = windows.map(({ areaId, startsAt, endsAt }) => ({ areaId, startsAt, endsAt }));
  const policy = { kind: 'reentry' } as const;
  const crew = await makeType(db, eventId, { kind: 'credential', opens, policy });
  await db.update(passTypes).set({ policyKind: 'reentry' }).where(eq(passTypes.id, desk.typeId));
  const request = { typeId: crew.id, holder: { name: 'Crew', email: null }, personKey: null };
  const granted = await grantCredential(db, request, await testSigningKey(db, now), now);
  if (!granted.ok) throw new Error(granted.code);
  [visitor, staff] = [await tokenOf(desk.passId), await tokenOf(granted.passId)];
  const loaded = await loadVenue(db, eventId);
  if (!loaded) throw new Error('the event has gone');
  venue = loaded;
});

/** Scans that are judged together. `aloneAt`: decided by a device that was alone, ms since 1970. */
async function scan(
  ...crossings: { code: string; direction: Direction; aloneAt?: number }[]
): Promise<void> {
  const checkpoint = desk.checkpointId as CheckpointId;
  const scans = crossings.map(({ code, direction, aloneAt }) => ({
    ...gateScan(venue, device, code, checkpoint, direction),
    alone:
      aloneAt === undefined
        ? null
        : {
            verdict: direction === 'entry' ? ('admitted' as const) : ('exited' as const),
            at: aloneAt,
          },
  }));
  const { judgements } = await judgeScans(gate, 1, scans);
  const verdicts = [...judgements.values()].map((one) =>
    one.kind === 'judged' ? one.scan.verdict : one.kind,
  );
  expect(new Set(verdicts).isSubsetOf(new Set(['admitted', 'exited']))).toBe(true);
}

async function counted() {
  const [row] = await db.select().from(areaCounters).where(eq(areaCounters.areaId, hall));
  const occupancy = await readOccupancy(db, venue);
  expect(occupancy.counted).toEqual(occupancy.replayed);
  expect(occupancy.staffCounted).toEqual(occupancy.staffReplayed);
  const live = await readLiveCounts(db, eventId, 10);
  expect([live.people.get(hall), live.staff.get(hall)]).toEqual([row?.people, row?.staff]);
  return { people: row?.people, staff: row?.staff };
}

test('A-65: staff are counted apart from visitors, at the gate and out of what devices decided alone', async () => {
  await scan({ code: visitor, direction: 'entry' }, { code: staff, direction: 'entry' });
  expect(await counted()).toEqual({ people: 2, staff: 1 });
  await scan({ code: staff, direction: 'exit' });
  expect(await counted()).toEqual({ people: 1, staff: 0 });
  const aloneAt = Date.now();
  await scan(
    { code: staff, direction: 'entry', aloneAt },
    { code: visitor, direction: 'exit', aloneAt },
  );
  expect(await counted()).toEqual({ people: 1, staff: 1 });
});
