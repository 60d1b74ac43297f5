import { initSite, schema } from '@catraca/db';
import { makeEvent } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import PostalMime from 'postal-mime';
import type { Browser, Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { launchBrowser, started } from '../support/browser.ts';
import { seriousFaults } from '../support/looks.ts';
import { startSite } from '../support/site.ts';
import { totp } from '../support/totp.ts';
import { browserCookies } from './staff.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
await makeDeskStaff(db, desk);
const { organizationId } = desk;
const [gate] = await db.select().from(schema.checkpoints);
if (!gate) throw new Error('no gate');
const { id: _, ...sideDoor } = { ...gate, no: 2, name: 'Side door' };
await db.insert(schema.checkpoints).values(sideDoor);
const other = await makeEvent(db, { organizationId, name: 'Another event' }, new Date());
const site = await startSite({ databaseUrl: url, services: ['web', 'worker'] });
const browser: Browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.stop();
});

const email = 'nova@catraca.example';
const password = 'a sentence to remember';
const context = () => browser.newContext({ locale: 'en-GB', baseURL: site.webUrl });

/** The link of a mail to our new member, once it has come. */
async function linkOf(pattern: RegExp): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => (link = await findLink(pattern)), { timeout: 15_000 })
    .toBeDefined();
  return link ?? '';
}

async function findLink(pattern: RegExp): Promise<string | undefined> {
  const files = readdirSync(site.mailboxDir).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    files.map((name) => PostalMime.parse(readFileSync(path.join(site.mailboxDir, name)))),
  );
  const own = mails.filter((mail) => mail.to?.some(({ address }) => address === email));
  return own.map((mail) => pattern.exec(mail.text ?? '')?.[0]).find((link) => link !== undefined);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

async function openAs(role: 'owner' | 'manager'): Promise<Page> {
  const own = await context();
  await own.addCookies(await browserCookies(site.webUrl, role));
  return own.newPage();
}

async function giveEmailAndPassword(page: Page, secret = password): Promise<void> {
  await page.goto('/sign-in');
  await started(page);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** One story, told in the order of its steps: each begins where the one before ended. */
const story: { own?: Page; secret?: string; codes: string[] } = { codes: [] };
function own(): Page {
  if (!story.own) throw new Error('the first step opens it');
  return story.own;
}

test('M-7 an owner asks managers for a second factor, and invites one by mail', async () => {
  const manager = await openAs('manager');
  await manager.goto('/admin');
  const page = await openAs('owner');
  await page.goto('/admin/members');
  await started(page);
  await page.getByLabel('Manager', { exact: true }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  // A manager who is signed in gets nowhere from the next request on.
  await manager.goto('/admin');
  expect(pathOf(manager)).toBe('/account/second-factor');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('not an address@');
  await page.getByRole('combobox', { name: 'Role' }).selectOption('manager');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByText(email).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.context().close();
  await manager.context().close();
});

test('M-7, M-1 the invited joins, and is kept to the page that sets a factor up', async () => {
  const link = await linkOf(/\S+\/join\/\S+/);
  const page = await (await context()).newPage();
  story.own = page;
  await page.goto(link.replace(/key=.{4}/, 'key=AAAA'));
  await started(page);
  await page.getByText('This invitation is not good any more.').waitFor();
  await page.goto(link);
  await started(page);
  await page.getByLabel('Your name').fill('Nova Gerente');
  await page.getByLabel('New password').fill('short');
  await page.getByLabel('The same again').fill(password);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
  for (const address of ['/admin', '/admin/members', `/control/${desk.eventSlug}`, '/account']) {
    await page.goto(address);
    await started(page);
    expect(pathOf(page), address).toBe('/account/second-factor');
  }
  const asked = await page.request.get('/trpc/event.own');
  expect(asked.status()).toBe(403);
  expect(await asked.text()).toContain('second_factor_required');
  expect(await seriousFaults(page)).toEqual([]);
});

test('M-1 with an authenticator app they are in, and have recovery codes', async () => {
  const page = own();
  await page.goto('/account/second-factor?to=/admin');
  await started(page);
  await page.getByLabel('Your password now').fill(password);
  await page.getByRole('button', { name: 'Set up an app' }).click();
  story.secret = await page.getByTestId('totp-secret').innerText();
  await page.getByLabel('Code of your app').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('That code is not right.').waitFor();
  await page.getByLabel('Code of your app').fill(totp(story.secret, Date.now()));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByTestId('recovery-codes').waitFor();
  story.codes = await page.getByTestId('recovery-codes').getByRole('listitem').allInnerTexts();
  expect(story.codes).toHaveLength(10);
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Events' }).waitFor();
});

test('M-1, M-9 half signed in is nobody; a recovery code works once', async () => {
  const page = await (await context()).newPage();
  await giveEmailAndPassword(page);
  await page.getByText('Your password is right.').waitFor();
  await page.goto('/admin');
  await started(page);
  expect(pathOf(page)).toBe('/sign-in');
  const [code = ''] = story.codes;
  await giveEmailAndPassword(page);
  await page.getByText('Use a recovery code').click();
  await page.getByLabel('Recovery code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Sign in with it' }).click();
  await page.getByRole('heading', { name: 'Events' }).waitFor();
  await page.context().clearCookies();
  await giveEmailAndPassword(page);
  await page.getByText('Use a recovery code').click();
  await page.getByLabel('Recovery code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Sign in with it' }).click();
  await page.getByText('That code is not right.').waitFor();
  await page.context().close();
});

test('M-1 a passkey signs in without a password', async () => {
  const page = own();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto('/account');
  await started(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('A name for it').fill('Test laptop');
  await dialog.getByLabel('Your password now').fill(password);
  await dialog.getByRole('button', { name: 'Make the passkey' }).click();
  await page.getByText('Passkey: Test laptop').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.context().clearCookies();
  await page.goto('/sign-in?to=/account');
  await started(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Passkey: Test laptop').waitFor();
});

test('M-4 signing out everywhere ends the other browser’s session at its next request', async () => {
  const elsewhere = await (await context()).newPage();
  await giveEmailAndPassword(elsewhere);
  await elsewhere.getByLabel('Code of your app').fill(totp(story.secret ?? '', Date.now()));
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.getByRole('heading', { name: 'Events' }).waitFor();
  const page = own();
  await page.goto('/account');
  await started(page);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await elsewhere.goto('/admin');
  expect(pathOf(elsewhere)).toBe('/sign-in');
  await elsewhere.context().close();
});

test('M-10 a forgotten password is set anew by mail, and the factor stays', async () => {
  const page = own();
  await page.goto('/sign-in');
  await started(page);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  // The page before has a field of that name, too.
  const send = page.getByRole('button', { name: 'Mail me a link' });
  await send.waitFor();
  await page.getByLabel('E-mail').fill(email);
  await send.click();
  await page.getByText('the mail is on its way').waitFor();
  const link = await linkOf(/\S+\/sign-in\/reset\/\S+/);
  await page.goto(link);
  await started(page);
  await page.getByLabel('New password').fill('another sentence, quite new');
  await page.getByLabel('The same again').fill('another sentence, quite new');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The new password is set.').waitFor();
  await page.goto(link);
  await started(page);
  await page.getByText('This link is not good any more.').waitFor();
  await giveEmailAndPassword(page, 'another sentence, quite new');
  await page.getByLabel('Code of your app').fill(totp(story.secret ?? '', Date.now()));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Events' }).waitFor();
});

test('M-3 a member works where they were put, and nowhere else', async () => {
  const page = await openAs('owner');
  await page.goto('/admin/members');
  await started(page);
  await page.getByRole('button', { name: 'Change Nova Gerente' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('These events alone').check();
  await dialog.getByLabel('Desk event').check();
  await dialog.getByLabel('Main gate').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Desk event: Main gate').waitFor();
  const limited = own();
  await limited.goto('/admin');
  await limited.getByRole('link', { name: 'Desk event' }).first().waitFor();
  expect(await limited.getByText('Another event').count()).toBe(0);
  expect((await limited.goto(`/admin/${other.slug}`))?.status()).toBe(404);
  expect((await limited.goto('/admin/members'))?.status()).toBe(403);
  await limited.goto(`/admin/${desk.eventSlug}/checkpoints`);
  await limited.getByText('Main gate').waitFor();
  expect(await limited.getByText('Side door').count()).toBe(0);
  await page.context().close();
});

test('L-2 the audit log tells all of it, and can be taken along', async () => {
  const page = await openAs('owner');
  await page.goto('/admin/audit');
  await started(page);
  for (const act of [
    ...['Invited a member', 'Joined', 'Changed where a member works', 'Signed out everywhere'],
  ]) {
    await page.getByText(act, { exact: true }).first().waitFor();
  }
  await page.getByRole('searchbox').fill('wrong second');
  await page.getByText('Gave a wrong second factor').first().waitFor();
  await page.getByText('Invited a member', { exact: true }).waitFor({ state: 'detached' });
  const narrowed = await page.getByRole('link', { name: 'Export JSON' }).getAttribute('href');
  const found = await (await page.request.get(narrowed ?? '')).json();
  expect(new Set(found.map(({ action }: { action: string }) => action))).toEqual(
    new Set(['session.failedFactor']),
  );
  await page.getByRole('searchbox').fill('');
  await page.getByText('Changed where a member works', { exact: true }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  const csv = await page.request.get('/admin/audit/export?format=csv');
  expect(csv.headers()['content-type']).toContain('text/csv');
  expect(await csv.text()).toContain('member.setLimits');
  const json = await page.request.get('/admin/audit/export?format=json&text=member.join');
  expect(await json.json()).toMatchObject([{ action: 'member.join', actorName: 'Nova Gerente' }]);
  expect(await db.$count(schema.auditLog)).toBeGreaterThan(15);
});
