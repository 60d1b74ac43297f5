import { access, mayCall } from '@catraca/api';
import { memberRoles, type MemberRole } from '@catraca/db';
import { makeDesk } from '@catraca/db/testing/desk';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { startSite } from '../support/site.ts';
import { openDesk } from './desk.ts';
import { emailOf, sessionCookie } from './staff.ts';

const { db, url, desk, site } = await openDesk();

const callers: (MemberRole | null)[] = [null, ...memberRoles];
const cookies = new Map<MemberRole | null, string>([[null, '']]);
for (const role of memberRoles) cookies.set(role, await sessionCookie(site.webUrl, role));
const cookieOf = (role: MemberRole | null) => cookies.get(role) ?? '';

/** Asks as a query, and then as the mutation it is: each kind answers the other's method with 405. */
async function call(path: string, role: MemberRole | null) {
  const headers = { cookie: cookieOf(role), origin: site.webUrl };
  const asked = await fetch(`${site.webUrl}/trpc/${path}`, { headers });
  const answer = asked.status === 405 ? await post(path, headers) : asked;
  return { status: answer.status, text: await answer.text() };
}

function post(path: string, headers: Record<string, string>) {
  const json = { ...headers, 'content-type': 'application/json' };
  return fetch(`${site.webUrl}/trpc/${path}`, { method: 'POST', headers: json });
}

// `roles.pg.test.ts` says that these are all procedures there are.
test.each(Object.keys(access))('%s over HTTP is for the roles of the table', async (path) => {
  for (const role of callers) {
    const { status, text } = await call(path, role);
    if (mayCall(role, path)) {
      expect([401, 403, 405, 500], `${role}`).not.toContain(status);
    } else {
      expect(status, `${role}`).toBe(role ? 403 : 401);
      expect(text).toContain(role ? 'role_not_allowed' : 'sign_in_required');
    }
  }
});

const everybody = memberRoles;
const inAdmin: MemberRole[] = everybody.filter((role) => role !== 'gate');
const base = `/admin/${desk.eventSlug}`;
const pages: Record<string, readonly MemberRole[]> = {
  '/admin': inAdmin,
  [base]: inAdmin,
  [`${base}/orders`]: ['owner', 'manager', 'box_office'],
  [`${base}/orders/${desk.orderReference}`]: ['owner', 'manager', 'box_office'],
  [`${base}/passes`]: ['owner', 'manager', 'box_office', 'accreditation', 'control'],
  [`${base}/passes/${desk.passPublicId}`]: [
    'owner',
    'manager',
    'box_office',
    'accreditation',
    'control',
  ],
  [`${base}/devices`]: ['owner', 'manager', 'control', 'viewer'],
  [`${base}/checkpoints`]: ['owner', 'manager', 'control', 'viewer'],
  [`/control/${desk.eventSlug}`]: ['owner', 'manager', 'control', 'viewer'],
};

test.each(Object.entries(pages))('%s is a page for its roles', async (path, roles) => {
  for (const role of everybody) {
    const response = await fetch(site.webUrl + path, { headers: { cookie: cookieOf(role) } });
    expect(response.status, role).toBe(roles.includes(role) ? 200 : 403);
    if (!roles.includes(role))
      expect(await response.text()).toContain('does not include this page');
  }
  const anonymous = await fetch(site.webUrl + path, { redirect: 'manual' });
  expect(anonymous.status).toBe(303);
  expect(anonymous.headers.get('location')).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
});

test('what is not ours is not there, and says so in the desk', async () => {
  const other = await makeDesk(db, { name: 'Another' });
  const headers = { cookie: cookieOf('owner') };
  for (const path of [`/admin/${other.eventSlug}`, `${base}/passes/${other.passPublicId}`]) {
    const response = await fetch(site.webUrl + path, { headers });
    expect(response.status, path).toBe(404);
    expect(await response.text()).toContain('There is nothing at this address');
  }
});

test.each(['/trpc/event.setStatus', '/sign-in', '/sign-out', '/api/auth/sign-out', '/language'])(
  'another site cannot make a browser post to %s',
  async (path) => {
    const post = (headers: Record<string, string>) =>
      fetch(site.webUrl + path, {
        method: 'POST',
        headers: { cookie: cookieOf('owner'), ...headers },
      });
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      const headers = { 'content-type': type, origin: 'http://elsewhere.example' };
      expect((await post(headers)).status, type).toBe(403);
    }
    expect((await post({ origin: 'null' })).status).toBe(403);
    // Our own session is alive after all of it.
    expect((await call('site.me', 'owner')).text).toContain('owner');
  },
);

test('a browser that names no origin is believed what it says of the site', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', cookie: cookieOf('owner') };
  const response = await fetch(`${site.webUrl}/trpc/event.setStatus`, { method: 'POST', headers });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: 'cross_site' });
});

test('pages say how they may be used, and may be framed by nobody', async () => {
  const { headers } = await fetch(`${site.webUrl}/sign-in`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("'wasm-unsafe-eval'");
  expect(policy).toContain(`ws://${new URL(site.realtimeUrl).host}`);
  expect(policy).toMatch(/script-src [^;]*'sha256-/);
  expect(policy).not.toMatch(/script-src [^;]*unsafe-inline/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('behind https, cookies are secure and browsers are told to stay', async () => {
  const origin = 'https://tickets.example';
  const secure = await startSite({
    ...{ databaseUrl: url, services: ['web'] },
    environment: { WEB_ORIGIN: origin },
  });
  try {
    const address = `http://localhost:${secure.environment.PORT}/api/auth/sign-in/email`;
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: emailOf('owner'), password: 'catraca-demo' }),
    });
    expect(response.headers.get('strict-transport-security')).toContain('max-age=');
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-catraca/);
    const marks = cookie.split('; ');
    expect(marks).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax']));
  } finally {
    await secure.stop();
  }
});

test('a body that is too large is refused, and the server goes on', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = httpRequest(`${site.webUrl}/trpc/order.search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookieOf('owner') },
    });
    sent.on('response', (response) => resolve(response.statusCode)).on('error', reject);
    sent.end(JSON.stringify({ text: 'x'.repeat(2_000_000) }));
  });
  expect(status).toBe(413);
  expect((await call('site.status', null)).status).toBe(200);
});

test('the log tells the request and neither who nor what was asked for', async () => {
  const secrets = [
    'Bia Buyer',
    'bia@example.com',
    'a-secret-key',
    'my-password',
    'guess@x.example',
  ];
  await fetch(`${site.webUrl}/orders/${desk.orderPublicId}?key=a-secret-key`);
  const headers = { 'content-type': 'application/json', origin: site.webUrl };
  await fetch(`${site.webUrl}/api/auth/sign-in/email`, {
    ...{ method: 'POST', headers },
    body: JSON.stringify({ email: 'guess@x.example', password: 'my-password' }),
  });
  await fetch(`${site.webUrl}/trpc/order.search`, {
    ...{ method: 'POST', headers: { ...headers, cookie: cookieOf('owner') } },
    body: JSON.stringify('[{"eventSlug":1,"text":2},"x","Bia Buyer"]'),
  });
  const log = site.logOf('web');
  expect(log).toContain('"procedures":"order.search"');
  expect(log).toMatch(/"requestId":"[0-9a-f-]{36}"/);
  for (const secret of secrets) expect(log, secret).not.toContain(secret);
});
