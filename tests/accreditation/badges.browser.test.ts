/// <reference lib="dom" />
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findTickets, grantCredential, schema, setHolderPhoto } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testSigningKey } from '@catraca/db/testing/shop';
import { drawPdfPage, readTicketsPdf } from '@catraca/documents/testing';
import { photoSize } from '@catraca/domain/accreditation';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openDesk } from '../admin/desk.ts';
import { browserCookies } from '../admin/staff.ts';
import { started, testBrowser } from '../support/browser.ts';
import { look, lookAtDialog } from './look.ts';
import { facePhoto } from './photo.ts';

const { db, desk, site } = await openDesk();
const pictures = process.env['CATRACA_PICTURES'];
const browser = await testBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]);
const base = `${site.webUrl}/admin/${desk.eventSlug}`;
const laptop = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const longName = 'Maria Aparecida Monteiro de Albuquerque e Vasconcelos';
const press = await makeType(db, desk.eventId, {
  ...{ kind: 'credential', name: { en: 'Press' }, colour: '#b45309' },
});
const crew = await makeType(db, desk.eventId, {
  ...{ kind: 'credential', name: { en: 'Crew' }, colour: '#15803d' },
});
await accredit('Rui Vale', press.id, true);
await accredit(longName, crew.id, true);
await accredit('Nina Sem Foto', crew.id, false);

async function accredit(name: string, typeId: bigint, hasPhoto: boolean): Promise<void> {
  const now = new Date();
  const request = { typeId, holder: { name, email: null }, personKey: null };
  const granted = await grantCredential(db, request, await testSigningKey(db, now), now);
  if (!granted.ok) throw new Error(granted.code);
  if (!hasPhoto) return;
  const actor = { organizationId: desk.organizationId, kind: 'system', id: null } as const;
  const done = {
    act: { userId: null, reason: null },
    by: { ...actor, address: null, userAgent: null },
  };
  const photo = { picture: facePhoto().buffer, ...photoSize };
  await setHolderPhoto(db, granted.passId, photo, done, now);
}

async function openAs(role: 'accreditation' | 'manager', address: string): Promise<Page> {
  const context = await browser.newContext(laptop);
  await context.addCookies(await browserCookies(site.webUrl, role));
  const page = await context.newPage();
  await page.goto(address);
  await started(page);
  return page;
}

/** What a link that opens a file of the page's own gives. */
async function openedFile(page: Page): Promise<Uint8Array> {
  const link = page.getByRole('link', { name: 'Open the file' });
  // Kept instead of shown: a browser without a screen has no reader for it.
  await link.evaluate((element) => element.setAttribute('download', 'badges.pdf'));
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

async function keepPictures(pdf: Uint8Array, pages: number, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (let no = 1; no <= pages; no++) {
    writeFileSync(path.join(pictures, `${name}-${no}.png`), await drawPdfPage(pdf, no));
  }
}

test('a badge is designed by keyboard and pointer, in the colour of each type, and all are printed as one PDF', async () => {
  const page = await openAs('accreditation', `${base}/badges`);
  await page.getByText('Shown:').waitFor();
  await page.getByLabel('Name of the design').fill(' ');
  await page.getByLabel('Width, mm').first().fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This is needed.').waitFor();
  await page.getByText('From 30 to 300 mm.').waitFor();
  await page.getByLabel('Name of the design').fill('Everybody');
  await page.getByLabel('Size').selectOption('A6, 105 × 148 mm');
  await page.getByRole('button', { name: 'Start over with this size' }).click();
  expect(await page.getByLabel('Width, mm').first().inputValue()).toBe('105');
  await page.getByRole('checkbox', { name: 'Press' }).check();
  await page.getByRole('checkbox', { name: 'Crew' }).check();

  const badge = page.getByRole('group', { name: /^The badge/ });
  await badge.getByRole('button', { name: 'QR code' }).focus();
  const left = page.getByLabel('From the left, mm');
  const before = Number(await left.inputValue());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(Number(await left.inputValue())).toBeCloseTo(before + 2);
  const box = await badge.getByRole('button', { name: 'QR code' }).boundingBox();
  if (!box) throw new Error('the code is not on the badge');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 30, box.y + box.height / 2, { steps: 3 });
  await page.mouse.up();
  expect(Number(await left.inputValue())).toBeLessThan(before);
  // By its corner it becomes larger.
  const height = page.getByLabel('Height, mm').last();
  const heightBefore = Number(await height.inputValue());
  const corner = await badge.locator('[data-resizes]').boundingBox();
  if (!corner) throw new Error('what is chosen has no corner');
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
  await page.mouse.down();
  await page.mouse.move(corner.x + corner.width / 2, corner.y + 20, { steps: 3 });
  await page.mouse.up();
  expect(Number(await height.inputValue())).toBeGreaterThan(heightBefore);

  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByRole('textbox', { name: 'Words' }).fill('Not transferable');
  await page.getByLabel('From the top, mm').fill('82');
  await look(page, 'badge-editor');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The design is saved.').waitFor();

  await page.getByRole('button', { name: 'Print badges' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the PDF' }).click();
  await dialog.getByText('3 badges are in the file').waitFor();
  await lookAtDialog(page, 'badge-print');
  const pdf = await openedFile(page);
  const printed = await readTicketsPdf(pdf);
  await keepPictures(pdf, printed.length, 'badge-pdf');
  const passes = await db.select().from(schema.passes);
  const tickets = await findTickets(
    db,
    passes.map(({ id }) => id),
  );
  expect(printed).toHaveLength(3);
  for (const one of printed) {
    expect(one.text).toContain('Not transferable');
    expect(one.text).toContain('Desk event');
    expect(tickets.map(({ token }) => token)).toContain(one.qr);
  }
  const all = printed.map(({ text }) => text).join(' ');
  for (const words of ['Rui Vale', 'Nina Sem Foto', 'Press', 'Crew']) expect(all).toContain(words);
  expect(all.replaceAll(' ', '')).toContain(longName.replaceAll(' ', ''));

  // What was printed is not printed again unless that is said.
  await dialog.getByRole('button', { name: 'Make the PDF' }).click();
  await dialog.getByText('There is nobody to print for.').waitFor();
  const rows = await db.select().from(schema.auditLog);
  expect(rows.filter(({ action }) => action === 'pass.printBadge')).toHaveLength(3);
});

test('at the desk the photo is checked, the badge handed over once, and a missing photo taken', async () => {
  const page = await openAs('accreditation', `${base}/pickup`);
  await page.getByText('Type a name, or read a code').waitFor();
  await look(page, 'pickup');
  await page.getByRole('searchbox').fill('no such person');
  await page.getByText('Nobody found').waitFor();
  await page.getByRole('searchbox').fill('vale');
  await page.getByRole('heading', { name: 'Rui Vale' }).waitFor();
  const photo = page.getByRole('img', { name: 'Photo of Rui Vale' });
  await expect
    .poll(() => photo.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
    .toBe(1200);
  await page.getByText('Is this the person in front of you?').waitFor();
  await look(page, 'pickup-person');
  await page.getByRole('button', { name: 'Print the badge' }).click();
  await page.getByText('1 badge is in the file').waitFor();
  const [one] = await readTicketsPdf(await openedFile(page));
  expect(one?.text).toContain('Rui Vale');
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Handed over', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('searchbox').fill('vale');
  await page.getByText('Handed over before').waitFor();
  await page.getByText('by Açucena Crachá').waitFor();
  await page.getByRole('button', { name: 'Hand over again' }).waitFor();
  await look(page, 'pickup-again');

  await page.getByRole('searchbox').fill('nina');
  await page.getByText('There is no photo.').waitFor();
  await page.getByRole('button', { name: 'New photo' }).click();
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await page.getByRole('button', { name: 'Take the photo' }).click();
  await page.getByLabel('Zoom').waitFor();
  await page.getByRole('button', { name: 'Keep this photo' }).click();
  await page.getByText('Without this consent we may not keep the photo.').waitFor();
  await look(page, 'pickup-photo');
  await page.getByLabel('Nina Sem Foto agrees').check();
  await page.getByRole('button', { name: 'Keep this photo' }).click();
  await page.getByRole('img', { name: 'Photo of Nina Sem Foto' }).waitFor();
});

test('what is revoked is given to nobody, and all of it is in the history of the pass', async () => {
  const passes = await db.select().from(schema.passes);
  const pass = passes.find(({ typeId }) => typeId === press.id);
  const page = await openAs('manager', `${base}/passes/${pass?.publicId ?? ''}`);
  await page.getByRole('heading', { name: 'Rui Vale' }).waitFor();
  await page.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByLabel('Reason').fill('Badge was lent to somebody');
  await lookAtDialog(page, 'revoke');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText('Reason: Badge was lent to somebody').waitFor();
  await look(page, 'credential-history');

  const pickup = await openAs('accreditation', `${base}/pickup`);
  await pickup.getByRole('searchbox').fill('vale');
  await pickup.getByText('This credential is not valid: give nothing out.').waitFor();
  expect(await pickup.getByRole('button', { name: /Hand over|Print/ }).count()).toBe(0);
  await look(pickup, 'pickup-revoked');
});
