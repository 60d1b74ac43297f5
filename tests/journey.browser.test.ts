import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { initSite } from '@catraca/db';
import { demoSlug, seedDemo } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { testMasterKey } from '@catraca/db/testing/shop';
import { readTicketsPdf } from '@catraca/documents/testing';
import type { Page } from 'playwright';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, expect, test, vi } from 'vitest';
import { signIn } from './admin/staff.ts';
import { tabTo } from './store/shop.ts';
import { launchBrowser, started } from './support/browser.ts';
import { filmArguments, makeFilm } from './support/film.ts';
import { startSite } from './support/site.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'Catraca', kind: 'cloud' });
await seedDemo(db, { now: new Date(), masterKey: testMasterKey });
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime', 'worker'] });
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-journey-'));
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

const desktop = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-GB' };

test('one ticket, all the way: bought, mailed, printed, read by a camera, admitted, seen on the wall, refused the second time', async () => {
  const browser = await launchBrowser();
  try {
    const buyer = await browser.newPage(phone);
    await choose(buyer);
    await checkOut(buyer);
    await buyer.getByRole('heading', { name: 'Your tickets are here' }).waitFor();

    const mail = await mailTo('ana@example.org');
    const [pdf] = mail.attachments;
    const tickets = await readTicketsPdf(new Uint8Array(pdf?.content as ArrayBuffer));
    expect(tickets).toHaveLength(3);
    const [printed] = tickets;
    if (!printed?.qr) throw new Error('no code on the first page');

    const wall = await browser.newPage(desktop);
    await openWall(wall);
    const before = await insideOf(wall, 'Plaza');
    await scanWithCamera(printed.qr, async (scanner) => {
      await scanner.locator('[data-verdict="admitted"]').getByText('Three days').waitFor();
      // The wall is told by the gate, not by asking again.
      await vi.waitFor(async () => expect(await insideOf(wall, 'Plaza')).toBe(before + 1), soon);
      await wall.getByTestId('feed').getByText('Gate A · Three days').first().waitFor();

      const used = scanner.locator('[data-verdict="already_used"]');
      await used.waitFor();
      expect(await used.innerText()).toMatch(/First entry\s+\d\d:\d\d[\s\S]*Gate A/);
    });
    expect(await insideOf(wall, 'Plaza')).toBe(before + 1);
    expect(await insideOf(wall, 'Plaza')).toBe(await peopleCounted('Plaza'));
  } finally {
    await browser.close();
  }
});

const soon = { timeout: 30_000, interval: 50 };

/** Two three-day tickets, and a seat chosen with the keyboard. */
async function choose(page: Page): Promise<void> {
  await page.goto(`${site.webUrl}/events/${demoSlug}`);
  await started(page);
  const more = page.getByRole('button', { name: 'One more: Three days' });
  await more.click();
  await more.click();
  await page.getByRole('button', { name: 'Choose seats' }).click();
  await tabTo(page, 'Choose seats');
  const said = page.getByTestId('seat-announcement');
  // The first seats of the hall may be sold: walk along until one is free.
  for (let step = 0; step < 60 && !(await said.innerText()).includes('free'); step++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await vi.waitFor(async () => expect(await said.innerText()).toContain('your choice'), soon);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

async function checkOut(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await started(page);
  await page.getByLabel('Full name').fill('Ana Journey');
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.waitForURL('**/orders/**');
}

/** The mail that reached the mailbox over SMTP. */
async function mailTo(address: string): Promise<Email> {
  return vi.waitFor(async () => {
    const files = readdirSync(site.mailboxDir).filter((name) => name.endsWith('.eml'));
    const mails = await Promise.all(
      files.map((name) => PostalMime.parse(readFileSync(path.join(site.mailboxDir, name)))),
    );
    const found = mails.find((mail) => mail.to?.some((to) => to.address === address));
    if (!found) throw new Error('no mail yet');
    return found;
  }, soon);
}

async function openWall(page: Page): Promise<void> {
  await page.goto(`${site.webUrl}/sign-in?to=/control/${demoSlug}`);
  await started(page);
  await signIn(page, 'control');
  await page.goto(`${site.webUrl}/control/${demoSlug}`);
  await page.locator('[data-status="live"]').waitFor();
}

/** What the wall says of an area. */
async function insideOf(wall: Page, area: string): Promise<number> {
  const row = wall.getByTestId('area').filter({ hasText: area });
  return Number((await row.getByTestId('area-people').innerText()).replaceAll(/\D/g, ''));
}

/** What the database says of it. */
async function peopleCounted(area: string): Promise<number> {
  const [row] = await db.$client<{ people: number }[]>`
    select c.people from area_counters c join areas a on a.id = c.area_id join events e on e.id = a.event_id
    where a.name = ${area} and e.slug = ${demoSlug}`;
  return row?.people ?? NaN;
}

/** A phone of the gate staff that sees the code, again and again. */
async function scanWithCamera(
  code: string,
  watch: (scanner: Page) => Promise<void>,
): Promise<void> {
  const film = makeFilm(code, path.join(folder, 'ticket.y4m'));
  const browser = await launchBrowser(filmArguments(film));
  try {
    const page = await browser.newPage(phone);
    await page.goto(`${site.webUrl}/sign-in?to=/scan`);
    await started(page);
    await signIn(page, 'gate');
    await page.goto(`${site.webUrl}/scan`);
    await page.getByRole('button', { name: 'Use this device' }).click();
    await page.getByRole('radio', { name: 'Gate A' }).check();
    await page.getByRole('button', { name: 'Start scanning' }).click();
    await watch(page);
  } finally {
    await browser.close();
  }
}
