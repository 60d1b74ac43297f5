import { readFileSync } from 'node:fs';
import { schema } from '@catraca/db';
import { pendingOrder } from '@catraca/db/testing/shop';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, desk, site } = await openDesk();
const screens = await testScreens(await browserCookies(site.webUrl, 'manager'));
const { auditLog, events, passes, persons } = schema;

async function visit(page: Page): Promise<void> {
  await page.goto(`${site.webUrl}/admin/people-data`);
  await started(page);
}

test('K-9 a manager says how long an event keeps its people; whoever saves over another’s number does it knowingly', async () => {
  const page = await screens.onPhone();
  await visit(page);
  const field = page.getByLabel('Days after Desk event');
  await field.fill('-1');
  await page.getByText('A whole number from 0 to 3650').waitFor();
  await field.fill('30');
  await page.getByText(/^Erased after/).waitFor();
  await db.$client`update events set version = 7`;
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody changed this event meanwhile').waitFor();
  expect(await field.inputValue()).toBe('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const [event] = await db.select().from(events);
  expect(event).toMatchObject({ retentionDays: 30, version: 8 });
});

test('K-9 a person is found, exported as a file, and erased once what it does to a valid pass is accepted', async () => {
  const page = await screens.onPhone();
  await visit(page);
  await page.getByRole('searchbox').fill('IA@EXAMPLE');
  await page.getByText('bia@example.com').waitFor();
  await screens.onBoth(async (one) => {
    await visit(one);
    await one.getByRole('searchbox').fill('bia buy');
    await one.getByText('bia@example.com').waitFor();
    await expectGoodLooks(one);
    await one.getByRole('button', { name: 'Erase Bia Buyer' }).click();
    await one.getByRole('dialog').waitFor();
    await expectGoodLooks(one);
  });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export everything held about Bia Buyer' }).click();
  const file = await (await downloading).path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    people: expect.arrayContaining([expect.objectContaining({ email: 'bia@example.com' })]),
    passes: [{ holder: 'Bia Buyer', status: 'valid' }],
  });
  await page.getByRole('button', { name: 'Erase Bia Buyer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('One pass still opens doors').waitFor();
  const erase = dialog.getByRole('button', { name: 'Erase' });
  expect(await erase.isDisabled()).toBe(true);
  await dialog.getByLabel('Revoke them').check();
  await erase.click();
  await page.getByText('Nothing tells any more who it was').waitFor();
  const names = await db.select({ name: persons.name, email: persons.email }).from(persons);
  expect(names).toEqual([
    { name: '', email: null },
    { name: '', email: null },
  ]);
  const [pass] = await db.select().from(passes);
  expect(pass?.status).toBe('revoked');
  const written = await db.select({ action: auditLog.action }).from(auditLog).orderBy(auditLog.id);
  const actions = written.map(({ action }) => action).filter((name) => name.startsWith('person.'));
  expect(actions).toEqual(['person.setRetention', 'person.export', 'person.erase']);
  // An order and a pass of nobody are shown.
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/orders`);
  await page.getByText('Erased person').waitFor();
});

test('K-9 an event forgets its people by itself when it is over for as long as they are kept', async () => {
  const lines = [{ typeId: desk.typeId, quantity: 1 }];
  const now = new Date();
  await pendingOrder(db, { eventId: desk.eventId, lines }, 'later', now);
  const page = await screens.onPhone();
  await visit(page);
  const kept = page.locator('form', { hasText: 'Desk event' });
  await kept.getByText('2 people').waitFor();
  await db.$client`update event_days set local_date = local_date - 60,
    starts_at = starts_at - interval '60 days', ends_at = ends_at - interval '60 days'`;
  await site.start('worker');
  const names = async () => (await db.select().from(persons)).map(({ name }) => name);
  await expect.poll(async () => new Set(await names())).toEqual(new Set(['']));
  await visit(page);
  await kept.getByText('0 people').waitFor();
  await page.goto(`${site.webUrl}/admin/audit`);
  await page.getByText('Erased people whose time was over').waitFor();
});
