/// <reference lib="dom" />
import { createPairingCode, type Db, schema } from '@catraca/db';
import type { SmallEvent } from '@catraca/db/gate/testing';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright';

/** A code that someone shows in the admin. */
export async function showPairingCode(
  db: Db,
  { eventId }: SmallEvent,
  deviceName = 'Blue phone',
): Promise<string> {
  const createdBy = randomUUID();
  await db
    .insert(schema.users)
    .values({ id: createdBy, name: 'Admin', email: `${createdBy}@example.org` });
  const pairing = await createPairingCode(
    db,
    { eventId, deviceName, checkpointIds: null, createdBy },
    new Date(),
  );
  assert(pairing.ok);
  return pairing.code;
}

/** Makes the page a scanner of the event, at a checkpoint, with its camera on. */
export async function openScanner(
  page: Page,
  site: { webUrl: string },
  db: Db,
  event: SmallEvent,
  checkpoint = 'North gate',
): Promise<void> {
  await page.goto(`${site.webUrl}/scan`);
  await pair(page, await showPairingCode(db, event));
  await page.getByRole('radio', { name: checkpoint }).check();
  await page.getByRole('button', { name: 'Start scanning' }).click();
  await page.getByText('Connected').waitFor();
}

export async function pair(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(code);
  await page.getByRole('button', { name: 'Pair this device' }).click();
}

/** What fills the screen: the answer to a scan. */
export function answer(page: Page, verdict: string): Locator {
  return page.locator(`[data-verdict="${verdict}"]`);
}

/** Types as a keyboard-wedge reader does: all keys at once, and Enter. */
export async function typeAsReader(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    for (const key of [...text, 'Enter']) {
      const place = /^[0-9]$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
      const options = { key, code: place, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', options),
      );
    }
  }, code);
}

/** Verdicts in the database, oldest first. */
export async function verdictsOf(db: Db): Promise<string[]> {
  const rows = await db.$client<{ verdict: string }[]>`
    select verdict from scans order by at, scan_id`;
  return rows.map(({ verdict }) => verdict);
}
