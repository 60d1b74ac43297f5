/// <reference lib="dom" />
import { placeHold, readSeatMap, schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { tabTo } from '../support/keyboard.ts';
import { look } from '../support/pictures.ts';
import { testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, desk, site } = await openDesk();
const hall = await makeType(db, desk.eventId, {
  ...{ name: { en: 'Reserved seat' }, priceMinor: 7000, units: 0 },
});
const cookies = await browserCookies(site.webUrl, 'owner');
const { browser, onBoth } = await testScreens(cookies);

async function openSeats(): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce', locale: 'en-GB' },
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/seats`);
  await started(page);
  return page;
}

interface Point {
  x: number;
  y: number;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().fill(text);
  await page.keyboard.press('Tab');
}

async function save(page: Page): Promise<void> {
  await button(page, 'Save the seat map').click();
  await page.getByText('seats follow from it').waitFor();
}

/** Whether something on the map is drawn in the colour of what is picked, which is no other's. */
function hasRing(page: Page): Promise<boolean> {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    const isRing = (at: number) =>
      pixels?.[at] === 0xb3 && pixels[at + 1] === 0x5c && pixels[at + 2] === 0;
    return Array.from({ length: canvas.width * canvas.height }, (_, pixel) => pixel * 4).some(
      isRing,
    );
  });
}

async function seats() {
  const all = await db.select().from(schema.seats);
  const name = (seat: (typeof all)[number]) => `${seat.section} ${seat.row} ${seat.number}`;
  return all
    .filter(({ typeId }) => typeId === hall.id)
    .toSorted((a, b) => name(a).localeCompare(name(b)));
}

test('a hall is drawn, numbered, marked and saved, and its seats are for sale', async () => {
  const page = await openSeats();
  await button(page, 'Section').click();
  await page.getByLabel('Category').selectOption({ index: 1 });
  await type(page, 'Name', 'Stalls');
  await type(page, 'Rows', '2');
  await type(page, 'Seats in a row', 'six');
  await page.getByText('A number from 1 to 400.').waitFor();
  await type(page, 'Seats in a row', '6');
  await type(page, 'Curve (0 straight, 100 half circle)', '20');
  await page.getByLabel('Numbering').selectOption('Odd to the left, even to the right');
  await button(page, 'Table').click();
  await page.getByLabel('Category').selectOption({ index: 1 });
  await type(page, 'Seats around it', '4');
  await page.getByText('16 seats', { exact: true }).waitFor();
  await page.getByRole('application').press('Control+d');
  await page.getByText('20 seats', { exact: true }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('16 seats', { exact: true }).waitFor();
  await button(page, 'Table 1').click();
  await page.getByRole('application').press('Shift+ArrowDown');
  for (let step = 0; step < 20; step++) await page.keyboard.press('Shift+ArrowDown');
  await save(page);
  const saved = await seats();
  expect(saved.filter(({ row }) => row === 'A').map(({ number }) => number)).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  expect(saved.filter(({ section }) => section === 'Table 1')).toHaveLength(4);
  const stock = await db.select().from(schema.stock);
  expect(stock.find(({ typeId }) => typeId === hall.id)).toMatchObject({
    quantity: 16,
    held: 0,
    sold: 0,
  });
});

test('single seats are picked on the map and marked, and what somebody has is not lost', async () => {
  const page = await openSeats();
  await button(page, 'Pick seats').click();
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('there is no hall');
  // A band over everything picks all seats of the hall.
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 4 });
  await page.mouse.up();
  await page.getByText('16 seats are picked').waitFor();
  await expect.poll(() => hasRing(page)).toBe(true);
  await button(page, 'For wheelchairs').click();
  await save(page);
  expect((await seats()).every(({ accessible }) => accessible)).toBe(true);

  const taken = (await seats()).find(({ section }) => section === 'Table 1');
  const line = { typeId: hall.id, seatIds: [taken?.id ?? 0n] };
  expect(await placeHold(db, { eventId: desk.eventId, lines: [line] }, new Date())).toMatchObject({
    ok: true,
  });
  await button(page, 'Move things').click();
  await button(page, 'Table 1').click();
  await page.getByRole('application').press('Delete');
  await button(page, 'Save the seat map').click();
  await page.getByText('1 seat that somebody has').waitFor();
  await button(page, 'Let them keep their seats, and save').click();
  await page.getByText('seats follow from it').waitFor();
  expect((await seats()).filter(({ outOfSale }) => outOfSale)).toMatchObject([{ id: taken?.id }]);
});

test('a map goes out as JSON and comes in again; a file that is none is refused', async () => {
  const page = await openSeats();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Export as JSON').click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(text)).toEqual((await readSeatMap(db, desk.eventId)).document);
  const give = (content: string) =>
    page.setInputFiles('input[type=file]', {
      ...{ name: 'hall.json', mimeType: 'application/json', buffer: Buffer.from(content) },
    });
  await give(text.replaceAll('Stalls', 'Parterre'));
  await page.getByText('The map is there, with 12 seats').waitFor();
  await button(page, 'Parterre').waitFor();
  await give(text.replace('"rows"', '"heap"'));
  await page.getByText('This is not a seat map that can be read').waitFor();
});

test('seats are gone to, marked, undone and saved without a mouse', async () => {
  const page = await openSeats();
  const press = async (name: string) => {
    await tabTo(page, button(page, name));
    await page.keyboard.press('Enter');
  };
  const hall = page.getByRole('application');
  await press('Pick seats');
  await tabTo(page, hall);
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', '+', '-'])
    await page.keyboard.press(key);
  await page.getByText('2 seats are picked').waitFor();
  await press('Out of sale');
  await press('Undo');
  await page.getByRole('button', { name: 'Out of sale', pressed: false }).waitFor();
  await press('Redo');
  await page.getByRole('button', { name: 'Out of sale', pressed: true }).waitFor();
  await tabTo(page, hall);
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByText('12 seats are picked').waitFor();
  await press('Save the seat map');
  // A seat that is not on the map any more is still somebody's.
  await press('Let them keep their seats, and save');
  await page.getByText('seats follow from it').waitFor();
  const shut = (await seats()).filter(
    ({ section, outOfSale }) => section === 'Stalls' && outOfSale,
  );
  expect(shut).toMatchObject([{ row: 'A' }, { row: 'A' }]);
});

test('on a phone two fingers come closer, and pick nothing while they do', async () => {
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'en-GB' },
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/seats`);
  await started(page);
  await button(page, 'Pick seats').click();
  const hall = page.getByRole('application');
  await hall.scrollIntoViewIfNeeded();
  const box = await hall.boundingBox();
  if (!box) throw new Error('there is no hall');
  const [left, top] = [box.x + 4, box.y + 4];
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const touch = await touching(page);
  await touch([{ x: left, y: top }], [{ x: left + box.width - 8, y: top + box.height - 8 }]);
  await page.getByText('12 seats are picked').waitFor();
  await hall.press('Escape');
  const fingers = (apart: number) => [
    { x: middle.x - apart, y: middle.y },
    { x: middle.x + apart, y: middle.y },
  ];
  await touch(fingers(10), fingers(120));
  expect(await page.getByText(/seats? (is|are) picked/).count()).toBe(0);
  await touch([{ x: left, y: top }], [{ x: left + box.width - 8, y: top + box.height - 8 }]);
  await page.getByText(/^\d seats? (is|are) picked/).waitFor();
});

/** Fingers that go down, move to other places in ten steps and are lifted. */
async function touching(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  return async (from: Point[], to: Point[]) => {
    await send('touchStart', from);
    for (let step = 1; step <= 10; step++) {
      await send(
        'touchMove',
        from.map(({ x, y }, finger) => ({
          x: x + (((to[finger]?.x ?? x) - x) * step) / 10,
          y: y + (((to[finger]?.y ?? y) - y) * step) / 10,
        })),
      );
    }
    await send('touchEnd', []);
  };
}

test('buyers see the hall as it was drawn, and the editor is for everybody', async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
  });
  const visitor = await context.newPage();
  await visitor.goto(`${site.webUrl}/events/${desk.eventSlug}`);
  await started(visitor);
  await visitor.getByRole('button', { name: /Choose seats/ }).click();
  await button(visitor, 'As a list').click();
  await visitor.getByRole('option', { name: /Stalls/ }).waitFor({ state: 'attached' });
  await onBoth(async (page) => {
    await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/seats`);
    await started(page);
    const width = page.viewportSize()?.width ?? 0;
    await button(page, 'Stalls').click();
    await look(page, `seats-section-on-${width}`);
    await button(page, 'Pick seats').click();
    await page.getByRole('application').press('ArrowRight');
    await page.getByText('1 seat is picked').waitFor();
    await look(page, `seats-picked-on-${width}`);
  });
});
