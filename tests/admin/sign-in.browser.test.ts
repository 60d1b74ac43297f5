import { schema } from '@catraca/db';
import { demoPassword } from '@catraca/db/seed';
import { expect, test } from 'vitest';
import { testBrowser } from '../support/browser.ts';
import { openDesk } from './desk.ts';
import { emailOf, sessionCookie, signIn } from './staff.ts';

const { db, desk, site } = await openDesk();
const browser = await testBrowser();

const newPage = () => browser.newPage({ locale: 'en-GB' });
const orders = () => `${site.webUrl}/admin/${desk.eventSlug}/orders`;

test('whoever is not signed in signs in, and is where they wanted to be', async () => {
  const page = await newPage();
  await page.goto(orders());
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await signIn(page, 'owner');
  expect(page.url()).toBe(orders());
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
});

test.each([
  ['owner', '/admin'],
  ['gate', '/scan'],
] as const)('%s begins at %s', async (role, home) => {
  const page = await newPage();
  await page.goto(`${site.webUrl}/sign-in`);
  await signIn(page, role);
  expect(new URL(page.url()).pathname).toBe(home);
});

test('a link cannot send anyone to another site after signing in', async () => {
  const page = await newPage();
  await page.goto(`${site.webUrl}/sign-in?to=${encodeURIComponent('//elsewhere.example/')}`);
  await signIn(page, 'owner');
  expect(page.url()).toBe(`${site.webUrl}/admin`);
});

test('a wrong password and an unknown e-mail are refused in the same words', async () => {
  const page = await newPage();
  const words: string[] = [];
  for (const email of [emailOf('viewer'), 'nobody@catraca.example']) {
    await page.goto(`${site.webUrl}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    words.push(await page.getByRole('alert').innerText());
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
  }
  expect(words[0]).toContain('do not match');
  expect(words[1]).toBe(words[0]);
});

test('signing out ends the session wherever a copy of its cookie is', async () => {
  const page = await newPage();
  await page.goto(`${site.webUrl}/sign-in`);
  await signIn(page, 'manager');
  const copied = await page.context().cookies();
  await page.getByRole('button', { name: 'Manager' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.context().addCookies(copied);
  await page.goto(orders());
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});

test('guessing a password is stopped, for this account and in words', async () => {
  const page = await newPage();
  await page.goto(`${site.webUrl}/sign-in`);
  await page.getByLabel('E-mail').fill(emailOf('accreditation'));
  for (let guess = 1; guess <= 9; guess++) {
    await page.getByLabel('Password').fill(`guess ${guess}`);
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await answer;
  }
  await page.getByText('Too many tries.').waitFor();
  // Neither the right password helps now, nor the other way in.
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Try again in 5 min.').waitFor();
  await expect(sessionCookie(site.webUrl, 'accreditation')).rejects.toThrow('not let in');
  expect(await sessionCookie(site.webUrl, 'control')).toContain('session');
});

test('an account without an organization is told so, and gets no session', async () => {
  const [member] = await db.select().from(schema.members);
  if (!member) throw new Error('no member');
  await db.insert(schema.users).values({ id: 'x', name: 'X', email: 'x@catraca.example' });
  const [account] = await db.select().from(schema.accounts);
  if (!account) throw new Error('no account');
  await db.insert(schema.accounts).values({ ...account, id: 'x', accountId: 'x', userId: 'x' });
  const page = await newPage();
  await page.goto(`${site.webUrl}/sign-in`);
  await page.getByLabel('E-mail').fill('x@catraca.example');
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This account belongs to no organization.').waitFor();
  expect((await page.context().cookies()).filter(({ name }) => name.includes('session'))).toEqual(
    [],
  );
});

test('nobody signs up, and no organization is changed over HTTP', async () => {
  const headers = { 'content-type': 'application/json', origin: site.webUrl };
  const cookie = await sessionCookie(site.webUrl, 'owner');
  const paths = [
    'sign-up/email',
    'organization/create',
    'organization/invite-member',
    'get-session',
  ];
  for (const path of paths) {
    const response = await fetch(`${site.webUrl}/api/auth/${path}`, {
      ...{ method: 'POST', headers: { ...headers, cookie } },
      body: JSON.stringify({ email: 'new@catraca.example', password: 'new password', name: 'New' }),
    });
    expect(response.status, path).toBe(404);
  }
});

test('without a script the form works too', async () => {
  const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(orders());
  await signIn(page, 'box_office');
  expect(page.url()).toBe(orders());
});
