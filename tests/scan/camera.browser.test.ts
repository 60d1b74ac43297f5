import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { filmArguments, type FilmOptions, makeFilm } from '../support/film.ts';
import { startSite } from '../support/site.ts';
import { answer, openScanner, pair, showPairingCode, verdictsOf } from './scanner.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const site = await startSite({ databaseUrl: url, services: ['web', 'realtime'] });
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-film-'));
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

/** A phone whose camera sees the film. */
async function withCamera(
  codes: string | string[],
  options: FilmOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await launchBrowser(
    filmArguments(makeFilm(codes, path.join(folder, 'film.y4m'), options)),
  );
  try {
    await work(await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'en-GB' }));
  } finally {
    await browser.close();
  }
}

async function newPass(policy: keyof typeof event.types = 'once') {
  const [pass] = await makePasses(db, event, event.types[policy], 1);
  if (!pass) throw new Error('no pass was made');
  return pass;
}

test('a ticket held before the camera is admitted, and the second time it says when and where', async () => {
  const { token } = await newPass();
  await withCamera(token, {}, async (page) => {
    await openScanner(page, site, db, event);
    await answer(page, 'admitted').getByText('Type once').waitFor();
    // Green goes by itself, the film shows the code again, and a refusal stays.
    const used = answer(page, 'already_used');
    await used.waitFor();
    expect(await used.innerText()).toMatch(
      /Used\s+Type once\s+Holder 0\s+First entry\s+\d\d:\d\d\s+\d+ seconds ago · North gate/,
    );
    await used.getByRole('button', { name: 'Next' }).click();
    await used.waitFor({ state: 'detached' });
  });
});

test('a code that stays in view is scanned once, until the next one comes', async () => {
  const [long, next] = [await newPass('unlimited'), await newPass('reentry')];
  const before = (await verdictsOf(db)).length;
  const codes = [long.token, long.token, long.token, next.token];
  await withCamera(codes, { emptyMs: 0, codeMs: 1_500 }, async (page) => {
    await openScanner(page, site, db, event);
    const screen = page.locator('[data-verdict]');
    await screen.getByText('Type unlimited').waitFor();
    await screen.getByText('Type reentry').waitFor();
  });
  // Without that rule there would be one for each frame.
  const made = (await verdictsOf(db)).slice(before);
  expect(made.length).toBeGreaterThanOrEqual(2);
  expect(made.length).toBeLessThanOrEqual(4);
});

test.each(['azteccode', 'pdf417'] as const)('a token printed as %s is read', async (format) => {
  const { token } = await newPass();
  await withCamera(token, { format }, async (page) => {
    await openScanner(page, site, db, event);
    await answer(page, 'admitted').waitFor();
  });
});

test('a barcode number printed as Code 128 is read', async () => {
  const { barcode } = await newPass();
  await withCamera(barcode.replaceAll(' ', ''), { format: 'code128' }, async (page) => {
    await openScanner(page, site, db, event);
    await answer(page, 'admitted').waitFor();
  });
});

test('a small code at the edge of the picture is found all the same', async () => {
  const { token } = await newPass();
  await withCamera(token, { modulePixels: 3, offsetX: 420 }, async (page) => {
    await openScanner(page, site, db, event);
    await answer(page, 'admitted').waitFor();
  });
});

test('a device is paired by the code it sees, and the code works once', async () => {
  const code = await showPairingCode(db, event, 'Red phone');
  await withCamera(code, { codeMs: 3_000 }, async (page) => {
    await page.goto(`${site.webUrl}/scan`);
    await page.getByRole('button', { name: 'Scan the code' }).click();
    await page.getByRole('heading', { name: 'Where are you?' }).waitFor();

    const other = await page.context().browser()?.newPage({ locale: 'en-GB' });
    await other?.goto(`${site.webUrl}/scan`);
    if (other) await pair(other, code);
    await other?.getByText('Another device was paired with this code.').waitFor();
  });
});
