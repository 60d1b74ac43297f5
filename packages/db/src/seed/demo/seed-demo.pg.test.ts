import {
  decideScan,
  parseCode,
  type CheckpointId,
  type EventId,
  type PassId,
  type TypeId,
} from '@catraca/domain';
import { checkSeatMap } from '@catraca/domain/seat-map';
import { publicKeyOf, verifyToken } from '@catraca/domain/token/node';
import { verifyPassword } from 'better-auth/crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { findDeviceByToken, listPublicKeys, saveSeatMap } from '../../commands/index.ts';
import { claimsOfMedium } from '../../commands/passes/sign-medium.ts';
import { loadVenue } from '../../gate/index.ts';
import { initSite } from '../../local-site.ts';
import {
  accounts,
  areas,
  checkpoints,
  eventDays,
  events,
  mailOutbox,
  media,
  members,
  passes,
  passTypes,
  seatMaps,
  seats,
  users,
  venuePlans,
} from '../../schema/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { testMasterKey } from '../../testing/shop.ts';
import { demoPassword, demoSlug, renewDemo, seedDemo, type SeedDemoResult } from '../index.ts';

const { db } = await testDatabase();
/** Late in the evening in UTC, still the same day in São Paulo. */
const now = new Date('2027-05-02T01:30:00Z');
let seeded: SeedDemoResult & { ok: true };
let event: typeof events.$inferSelect;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  const result = await seedDemo(db, { now, masterKey: testMasterKey });
  if (!result.ok) throw new Error(result.code);
  seeded = result;
  const [row] = await db.select().from(events).where(eq(events.slug, demoSlug));
  if (!row) throw new Error('no event');
  event = row;
});

async function count(query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await db.execute<{ n: number }>(query);
  return row?.n ?? 0;
}

test('20,000 tickets are sold, each paid, seated and counted as sales really are', async () => {
  expect(seeded.tickets).toBe(20_000);
  const tickets = sql`select count(*)::int as n from passes where kind = 'ticket' and status = 'valid'`;
  expect(await count(tickets)).toBe(20_000);
  expect(await auditSales(db)).toEqual([]);
});

test('of 2,000 seats 1,200 are sold, and every type has something left', async () => {
  expect(await count(sql`select count(*)::int as n from seats`)).toBe(2_000);
  expect(await count(sql`select count(*)::int as n from seat_claims`)).toBe(1_200);
  expect(await count(sql`select count(*)::int as n from stock where sold >= quantity`)).toBe(0);
  const places = await db
    .select({ x: seats.x, y: seats.y, accessible: seats.accessible })
    .from(seats);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(2_000);
  expect(places.some((seat) => seat.accessible)).toBe(true);
});

test('the hall is drawn, and saving its map as it is changes no seat', async () => {
  const [map] = await db.select().from(seatMaps).where(eq(seatMaps.eventId, event.id));
  if (!map) throw new Error('no seat map');
  const { document, noSingleSeats, version } = map;
  expect(checkSeatMap(document)).toEqual([]);
  const before = await db.select().from(seats).orderBy(asc(seats.id));
  const draft = { document, noSingleSeats, version, keepTaken: false };
  const actor = { organizationId: event.organizationId, kind: 'system' as const, id: null };
  const from = { address: null, userAgent: null };
  expect(await saveSeatMap(db, event.id, draft, { ...actor, ...from })).toMatchObject({
    ok: true,
    seats: 2_000,
  });
  expect(await db.select().from(seats).orderBy(asc(seats.id))).toEqual(before);
});

test('the first day is today in the zone of the event, from midnight to midnight', async () => {
  const days = await db
    .select()
    .from(eventDays)
    .where(eq(eventDays.eventId, event.id))
    .orderBy(asc(eventDays.no));
  expect(days.map((day) => day.localDate)).toEqual(['2027-05-01', '2027-05-02', '2027-05-03']);
  expect(days[0]?.startsAt).toEqual(new Date('2027-05-01T03:00:00Z'));
  expect(days[2]?.endsAt).toEqual(new Date('2027-05-04T03:00:00Z'));
});

test('eight areas with outside, fourteen checkpoints, six ticket types, three credential types, all policies', async () => {
  const here = eq(areas.eventId, event.id);
  expect(await db.$count(areas, here)).toBe(8);
  expect(await db.$count(checkpoints, eq(checkpoints.eventId, event.id))).toBe(14);
  const types = await db.select().from(passTypes).where(eq(passTypes.eventId, event.id));
  expect(types.filter((type) => type.kind === 'ticket')).toHaveLength(6);
  expect(types.filter((type) => type.kind === 'credential')).toHaveLength(3);
  const policies = new Set(types.map((type) => type.policyKind));
  expect([...policies].toSorted()).toEqual([
    'n_times',
    'once',
    'once_per_day',
    'reentry',
    'unlimited',
  ]);
  for (const words of types.flatMap(({ name, description }) => [name, description])) {
    expect(Object.keys(words).toSorted()).toEqual(['en', 'es', 'pt-br']);
  }
});

test('every area can be entered from outside and left again', async () => {
  const joins = await db.select().from(checkpoints).where(eq(checkpoints.eventId, event.id));
  const [outside, ...inner] = await db
    .select({ id: areas.id })
    .from(areas)
    .where(eq(areas.eventId, event.id))
    .orderBy(asc(areas.no));
  const reached = (way: 'entry' | 'exit') => {
    const found = new Set([outside?.id]);
    for (let round = 0; round < joins.length; round++) {
      for (const { fromAreaId, toAreaId, directions } of joins) {
        const isOpen = directions === 'both' || directions === way;
        if (isOpen && found.has(fromAreaId)) found.add(toAreaId);
      }
    }
    return found.size;
  };
  expect([reached('entry'), reached('exit')]).toEqual([1 + inner.length, 1 + inner.length]);
});

test('the plan is a drawing that runs nothing, and all checkpoints are on it', async () => {
  const [plan] = await db.select().from(venuePlans).where(eq(venuePlans.eventId, event.id));
  expect(plan?.svg).toMatch(/^<svg /);
  expect(plan?.svg).not.toMatch(/<script|\son\w+=|href=|url\(/);
  const points = await db.select().from(checkpoints).where(eq(checkpoints.eventId, event.id));
  for (const { x, y } of points) {
    expect(x >= 0 && x <= (plan?.width ?? 0) && y >= 0 && y <= (plan?.height ?? 0)).toBe(true);
  }
});

describe('at the gate, now', () => {
  test('a ticket of each type carries a code that verifies, and is admitted at Gate A', async () => {
    const venue = await loadVenue(db, event.id as EventId);
    const [gateA] = venue?.checkpoints ?? [];
    if (!venue || !gateA) throw new Error('no venue');
    const keys = new Map(
      (await listPublicKeys(db)).map((key) => [key.keyId, publicKeyOf(key.publicKey)]),
    );
    const types = await db
      .select()
      .from(passTypes)
      .where(and(eq(passTypes.eventId, event.id), eq(passTypes.kind, 'ticket')));
    for (const type of types) {
      const [row] = await db
        .select({ pass: passes, medium: media })
        .from(passes)
        .innerJoin(media, and(eq(media.passId, passes.id), eq(media.kind, 'qr')))
        .where(eq(passes.typeId, type.id))
        .limit(1);
      if (!row) throw new Error('no pass');
      const code = parseCode(
        claimsOfMedium({ eventId: event.id, typeNo: type.no }, row.medium).token,
      );
      if (code.kind !== 'token') throw new Error(code.kind);
      expect(verifyToken(code, (keyId) => keys.get(keyId))).toBe('valid');
      const facts = {
        id: row.pass.id as PassId,
        eventId: event.id as EventId,
        typeId: type.id as TypeId,
        status: row.pass.status,
        needsAttention: false,
        last: null,
      };
      const scan = {
        checkpointId: gateA.id as CheckpointId,
        direction: 'entry',
        at: now.getTime(),
      } as const;
      const device = { eventId: event.id as EventId, checkpointIds: null };
      expect(decideScan(venue.rules, facts, 'known', scan, device, new Map()).verdict).toBe(
        'admitted',
      );
    }
  });

  test('its devices are enrolled', async () => {
    expect(seeded.devices).toHaveLength(4);
    for (const { token, name } of seeded.devices) {
      expect(await findDeviceByToken(db, token, now)).toMatchObject({ ok: true, device: { name } });
    }
  });
});

test('a member of each role signs in with the one password', async () => {
  const rows = await db
    .select({ role: members.role, email: users.email, password: accounts.password })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(accounts, eq(accounts.userId, users.id));
  expect(rows.map((row) => row.email)).toEqual(rows.map((row) => `${row.role}@catraca.example`));
  expect(rows).toHaveLength(7);
  for (const { password } of rows) {
    expect(await verifyPassword({ hash: password ?? '', password: demoPassword })).toBe(true);
  }
});

test('two events are in the shop, and nobody is written to', async () => {
  expect(await db.$count(events, eq(events.status, 'published'))).toBe(2);
  expect(await db.$count(mailOutbox)).toBe(0);
});

test('loaded again, nothing changes', async () => {
  const again = await seedDemo(db, { now, masterKey: testMasterKey });
  expect(again).toEqual({ ok: false, code: 'already_seeded' });
  expect(await db.$count(events)).toBe(2);
});

describe('a demo that was loaded some time ago', () => {
  const dayMs = 86_400_000;

  async function windows() {
    const days = await db.execute<{ first: string; starts: string; ends: string }>(sql`
      select min(local_date)::text as first, min(starts_at)::text as starts, max(ends_at)::text as ends
      from event_days where event_id = ${event.id}`);
    const opens = await db.execute<{ starts: string; n: number }>(sql`
      select min(e.starts_at)::text as starts, count(*)::int as n from entitlements e
      join pass_types t on t.id = e.type_id where t.event_id = ${event.id} and t.kind = 'ticket'`);
    return { ...days[0], opens: opens[0] };
  }

  test('stays as it is until it is over', async () => {
    expect(await renewDemo(db, new Date(now.getTime() + 2 * dayMs))).toEqual([]);
    expect(await windows()).toMatchObject({ first: '2027-05-01' });
  });

  test('begins today again, and is on sale', async () => {
    const before = await windows();
    const later = new Date(now.getTime() + 17 * dayMs);
    expect(await renewDemo(db, later)).toEqual([demoSlug]);
    const after = await windows();
    expect(after).toMatchObject({ first: '2027-05-18', starts: '2027-05-18 03:00:00+00' });
    expect(after.opens).toEqual({ starts: after.starts, n: before.opens?.n });
    const types = await db.select().from(passTypes).where(eq(passTypes.eventId, event.id));
    const tickets = types.filter((type) => type.kind === 'ticket');
    expect(tickets.every(({ saleEndsAt }) => saleEndsAt && saleEndsAt > later)).toBe(true);
    expect(await renewDemo(db, later)).toEqual([]);
  });
});
