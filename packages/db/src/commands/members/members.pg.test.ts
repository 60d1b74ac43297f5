import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { listMembers } from '../../queries/list-members.ts';
import {
  auditLog,
  devices,
  mailOutbox,
  memberRoles,
  members,
  sessions,
  users,
} from '../../schema/index.ts';
import { makeDesk, makeDeskStaff } from '../../testing/desk.ts';
import { testDatabase } from '../../testing/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { enrolDevice } from '../devices/enrol-device.ts';
import { acceptInvitation, findInvitation, inviteMember, revokeInvitation } from './invitations.ts';
import { removeMember, setMemberLimits, setMemberRole, suspendMember } from './manage-members.ts';
import { setSecondFactorRoles } from './set-second-factor-roles.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const desk = await makeDesk(db);
const staff = await makeDeskStaff(db, desk);
const { organizationId } = desk;
const client = { address: null, userAgent: null };
const by: Actor = { organizationId, kind: 'member', id: userOf('owner'), ...client };
const within = memberRoles;

function userOf(role: (typeof memberRoles)[number]): string {
  const found = staff.find((account) => account.role === role);
  if (!found) throw new Error(`no ${role}`);
  return found.userId;
}

async function memberOf(userId: string): Promise<string> {
  const [found] = await db
    .select()
    .from(members)
    .where(and(eq(members.userId, userId), eq(members.organizationId, organizationId)));
  if (!found) throw new Error('no member');
  return found.id;
}

const which = async (role: (typeof memberRoles)[number]) => ({
  ...{ organizationId, memberId: await memberOf(userOf(role)), within },
});

async function selfEnrol(userId: string) {
  const expiresAt = new Date(now.getTime() + 3_600_000);
  const request = { eventId: desk.eventId, name: 'Own phone', kind: 'scanner' as const };
  const enrolled = await enrolDevice(
    db,
    { ...request, checkpointIds: null, userId, expiresAt },
    now,
  );
  if (!enrolled.ok) throw new Error('not enrolled');
  return async () => {
    const [device] = await db.select().from(devices).where(eq(devices.id, enrolled.device.id));
    return device;
  };
}

test('M-5 the last owner is not removed, demoted or suspended', async () => {
  const owner = await which('owner');
  const refused = { ok: false, code: 'last_owner' };
  expect(await removeMember(db, owner, now, by)).toEqual(refused);
  expect(await setMemberRole(db, owner, 'manager', now, by)).toEqual(refused);
  expect(await suspendMember(db, owner, true, now, by)).toEqual(refused);
  expect(
    (await listMembers(db, organizationId)).filter(({ role }) => role === 'owner'),
  ).toHaveLength(1);
});

test('M-5 of two owners who demote each other at once one stays', async () => {
  const [one, other] = [await which('owner'), await which('manager')];
  for (let round = 0; round < 10; round++) {
    await db.update(members).set({ role: 'owner' }).where(eq(members.id, one.memberId));
    await db.update(members).set({ role: 'owner' }).where(eq(members.id, other.memberId));
    const results = await Promise.all(
      [one, other].map((each) => setMemberRole(db, each, 'gate', now, by)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  }
  await db.update(members).set({ role: 'owner' }).where(eq(members.id, one.memberId));
  await db.update(members).set({ role: 'manager' }).where(eq(members.id, other.memberId));
});

test('control: without the lock both are demoted', async () => {
  const [one, other] = [await which('owner'), await which('manager')];
  await db.update(members).set({ role: 'owner' }).where(eq(members.id, other.memberId));
  const owners = and(eq(members.organizationId, organizationId), eq(members.role, 'owner'));
  // Each looks before either has committed, as two requests do.
  await db
    .transaction(async (first) => {
      await first.update(members).set({ role: 'gate' }).where(eq(members.id, one.memberId));
      await db.transaction(async (second) => {
        await second.update(members).set({ role: 'gate' }).where(eq(members.id, other.memberId));
        expect(await second.$count(members, owners)).toBe(1);
      });
      expect(await first.$count(members, owners)).toBe(0);
      first.rollback();
    })
    .catch(() => undefined);
  await db.update(members).set({ role: 'manager' }).where(eq(members.id, other.memberId));
});

test('M-6 a member gives and takes no role beyond their own', async () => {
  const below = memberRoles.filter((role) => role !== 'owner' && role !== 'manager');
  const owner = { ...(await which('owner')), within: below };
  const viewer = { ...(await which('viewer')), within: below };
  const refused = { ok: false, code: 'beyond_role' };
  expect(await setMemberRole(db, owner, 'viewer', now, by)).toEqual(refused);
  expect(await setMemberRole(db, viewer, 'manager', now, by)).toEqual(refused);
  expect(await setMemberRole(db, viewer, 'control', now, by)).toEqual({ ok: true });
});

test('M-3 the phone of a member scans where the member works', async () => {
  const gate = await which('gate');
  const phone = await selfEnrol(userOf('gate'));
  const limits = [{ eventId: desk.eventId, checkpointIds: [desk.checkpointId] }];
  expect(await setMemberLimits(db, gate, limits, now, by)).toEqual({ ok: true });
  expect(await phone()).toMatchObject({ state: 'active', checkpointIds: [desk.checkpointId] });
  expect(await setMemberLimits(db, gate, null, now, by)).toEqual({ ok: true });
  expect(await phone()).toMatchObject({ state: 'active', checkpointIds: null });
  // At another event alone: nowhere at this one.
  const other = await makeDesk(db, { name: 'Another' });
  expect(
    await setMemberLimits(db, gate, [{ eventId: other.eventId, checkpointIds: null }], now, by),
  ).toEqual({ ok: false, code: 'unknown_place' });
  expect(
    await setMemberLimits(
      db,
      gate,
      [{ eventId: desk.eventId, checkpointIds: [other.checkpointId] }],
      now,
      by,
    ),
  ).toEqual({ ok: false, code: 'unknown_place' });
});

test('M-4 a member who is suspended or removed is signed out, and their phone is shut out', async () => {
  const userId = userOf('gate');
  const phone = await selfEnrol(userId);
  const session = { userId, token: 'token', expiresAt: new Date(now.getTime() + 3_600_000) };
  await db.insert(sessions).values({ id: 's', activeOrganizationId: organizationId, ...session });
  expect(await suspendMember(db, await which('gate'), true, now, by)).toEqual({ ok: true });
  expect(await db.select().from(sessions)).toEqual([]);
  expect(await phone()).toMatchObject({ state: 'revoked' });
  expect(await suspendMember(db, await which('gate'), false, now, by)).toEqual({ ok: true });
  // Letting somebody in again does not let a phone in again, which anybody may have by now.
  expect(await phone()).toMatchObject({ state: 'revoked' });
});

test('M-7 an invitation is good once, for its own address, until it is taken back', async () => {
  const request = { organizationId, role: 'gate' as const, inviterId: userOf('owner') };
  const invite = async (email: string) => {
    const invited = await inviteMember(db, { ...request, email }, now, by);
    if (!invited.ok) throw new Error(invited.code);
    return invited.invitationId;
  };
  const first = await invite('new@example.com');
  const second = await invite('new@example.com');
  const person = { name: 'New', passwordHash: 'hash' };
  const unknown = { ok: false, code: 'unknown_invitation' };
  // The later one replaces the one before.
  expect(await acceptInvitation(db, first, person, client, now)).toEqual(unknown);
  const other = { userId: userOf('viewer') };
  expect(await acceptInvitation(db, second, other, client, now)).toMatchObject({
    code: 'other_account',
  });
  const tooLate = new Date(now.getTime() + 8 * 86_400_000);
  expect(await findInvitation(db, second, tooLate)).toBeUndefined();
  expect(await acceptInvitation(db, second, person, client, tooLate)).toEqual(unknown);
  const together = await Promise.all(
    [1, 2, 3].map(() => acceptInvitation(db, second, person, client, now)),
  );
  expect(together.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await db.select().from(users).where(eq(users.email, 'new@example.com'))).toHaveLength(1);
  const again = await inviteMember(db, { ...request, email: 'new@example.com' }, now, by);
  expect(again).toEqual({ ok: false, code: 'already_member' });

  const third = await invite('third@example.com');
  const taken = { organizationId, invitationId: third, within };
  expect(await revokeInvitation(db, taken, by)).toEqual({ ok: true });
  expect(await acceptInvitation(db, third, person, client, now)).toEqual(unknown);
  expect(await db.$count(mailOutbox, eq(mailOutbox.kind, 'member_invited'))).toBe(3);
});

test('M-2 of two who change what roles are asked, the second is told', async () => {
  const change = (roles: 'owner'[]) =>
    setSecondFactorRoles(db, { organizationId, roles, version: 0 }, by);
  const results = await Promise.all([change(['owner']), change([])]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
});

test('L-1 nobody changes the audit log, not even the one who owns the database', async () => {
  const [role] = await db.execute<{ super: boolean }>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  );
  expect(role?.super, url.replace(/:[^:@]*@/, '@')).toBe(true);
  const rows = await db.$count(auditLog);
  expect(rows).toBeGreaterThan(10);
  for (const statement of [
    'update audit_log set action = action',
    'delete from audit_log',
    'truncate audit_log',
  ]) {
    await expect(db.execute(statement)).rejects.toThrow();
  }
  // What is known of a person is in none of them.
  const text = JSON.stringify(
    await db.select({ a: auditLog.before, b: auditLog.after }).from(auditLog),
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  expect(text).not.toContain('@');
  expect(await db.$count(auditLog)).toBe(rows);
});
