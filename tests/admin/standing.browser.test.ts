import { access, mayCall } from '@catraca/api';
import { memberRoles, schema, type MemberRole } from '@catraca/db';
import { demoPassword } from '@catraca/db/seed';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDesk } from './desk.ts';
import { emailOf, sessionCookie } from './staff.ts';

const { db, desk, site } = await openDesk();

/** Every page and every route of the web app, by its folder; groups in brackets are no part of an address. */
const routes = readdirSync('apps/web/src/routes', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\+(?:page\.svelte|server\.ts)$/.test(file))
  .map((file) => `/${path.dirname(file)}`.replaceAll(/\/\([^)]*\)/g, '').replace(/^\/\.$/, '/'))
  .toSorted();

/** Open to buyers, devices, other sites, or on the way in; everything else is for members alone. */
const open: readonly RegExp[] = [
  /^\/?$/,
  /^\/(?:checkout|events|language|orders|tickets|accreditation|apply|confirm|verify)(?:\/|$)/,
  /^\/(?:\.well-known|ca|sync|webhooks|trpc|api\/auth|dev\/mail)(?:\/|$)/,
  /^\/(?:sign-in|sign-out|join)(?:\/|$)/,
  // A scanner is enrolled by what it is shown; whose phone it becomes is asked of the API.
  /^\/scan$/,
];
const ofMembers = routes.filter((route) => !open.some((address) => address.test(route)));

const params: Record<string, string> = {
  event: desk.eventSlug,
  slug: desk.eventSlug,
  reference: desk.orderReference,
  pass: desk.passPublicId,
};
const addressOf = (route: string) =>
  route.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => params[name] ?? '1');

/** Takes the cookie of a member in this role before their factor was missing or open. */
async function cookies(): Promise<Map<MemberRole, string>> {
  const found = new Map<MemberRole, string>();
  for (const role of memberRoles) found.set(role, await sessionCookie(site.webUrl, role));
  return found;
}

/** Where somebody who is no member is sent: never on. */
async function expectShut(cookie: string, wayIn: string): Promise<void> {
  for (const route of ofMembers) {
    if (route.startsWith('/account/') && wayIn === '/account/second-factor') continue;
    const address = addressOf(route);
    for (const method of ['GET', 'POST']) {
      const headers = { cookie, origin: site.webUrl, 'content-type': 'application/json' };
      const body = method === 'POST' ? '{}' : null;
      const response = await fetch(site.webUrl + address, {
        ...{ method, headers, body, redirect: 'manual' },
      });
      const isShut = [401, 403, 404, 405, 415].includes(response.status);
      const isSentAway = response.headers.get('location')?.startsWith(wayIn) ?? false;
      expect(isShut || isSentAway, `${method} ${address}: ${response.status}`).toBe(true);
    }
  }
}

async function expectNoProcedure(cookie: string, refusal: string): Promise<void> {
  const headers = { cookie, origin: site.webUrl, 'content-type': 'application/json' };
  for (const procedure of Object.keys(access).filter((one) => !mayCall(null, one))) {
    const address = `${site.webUrl}/trpc/${procedure}`;
    const asked = await fetch(address, { headers });
    const answer = asked.status === 405 ? await fetch(address, { method: 'POST', headers }) : asked;
    expect([401, 403], procedure).toContain(answer.status);
    expect(await answer.text(), procedure).toContain(refusal);
  }
}

test('there are pages of members, and each of them is walked', () => {
  expect(ofMembers.length).toBeGreaterThan(15);
  expect(ofMembers).toContain('/admin/[event]/audit/export');
  expect(routes).toContain('/trpc/[...path]');
});

test('M-1 nobody: no page, no route, no procedure', async () => {
  await expectShut('', '/sign-in');
  await expectNoProcedure('', 'sign_in_required');
});

test.each(memberRoles)('M-1 %s without the factor their role needs', async (role) => {
  const cookie = (await cookies()).get(role) ?? '';
  const { organizationId } = desk;
  const wanted = { organizationId, secondFactorRoles: [role] };
  await db.insert(schema.organizationSecurity).values(wanted);
  try {
    await expectShut(cookie, '/account/second-factor');
    await expectNoProcedure(cookie, 'second_factor_required');
    // The one page there is for them; and whoever has another role goes on.
    const headers = { cookie };
    const page = await fetch(`${site.webUrl}/account/second-factor`, {
      headers,
      redirect: 'manual',
    });
    expect(page.status).toBe(200);
  } finally {
    await db.delete(schema.organizationSecurity);
  }
});

test.each(memberRoles)('M-1 %s with a factor that is open', async (role) => {
  const users = await db.select().from(schema.users);
  const user = users.find(({ email }) => email === emailOf(role));
  if (!user) throw new Error('no user');
  const passkey = { id: role, userId: user.id, publicKey: '-', credentialID: role, counter: 0 };
  await db
    .insert(schema.passkeys)
    .values({ ...passkey, deviceType: 'singleDevice', backedUp: false });
  try {
    const cookie = await sessionCookie(site.webUrl, role);
    expect(cookie).toContain('session_token');
    await expectShut(cookie, '/sign-in/second-factor');
    await expectNoProcedure(cookie, 'sign_in_required');
    // Nor can they set up a factor of their own choice: they know the password alone.
    const headers = { cookie, origin: site.webUrl, 'content-type': 'application/json' };
    const body = JSON.stringify({ password: demoPassword });
    const added = await fetch(`${site.webUrl}/account/passkeys`, { method: 'POST', headers, body });
    expect(added.status).toBe(401);
    // A session that was begun with a factor goes on.
    await db.update(schema.sessions).set({ strong: true });
    const me = await fetch(`${site.webUrl}/trpc/site.me`, { headers: { cookie } });
    expect(me.status).toBe(200);
  } finally {
    await db.delete(schema.passkeys);
  }
});

test('M-1 a member who is suspended is nobody at the next request', async () => {
  const cookie = await sessionCookie(site.webUrl, 'control');
  await db.update(schema.members).set({ suspendedAt: new Date() });
  try {
    await expectShut(cookie, '/sign-in');
    await expectNoProcedure(cookie, 'sign_in_required');
    await expect(sessionCookie(site.webUrl, 'control')).rejects.toThrow('not let in');
  } finally {
    await db.update(schema.members).set({ suspendedAt: null });
  }
});
