import { readPlanToEdit, savePlan } from '@catraca/db';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { started } from '../support/browser.ts';
import { tabTo } from '../support/keyboard.ts';
import { look } from '../support/pictures.ts';
import { testScreens } from '../support/screens.ts';
import { openDesk } from './desk.ts';
import { browserCookies } from './staff.ts';

const { db, desk, site } = await openDesk();
const cookies = await browserCookies(site.webUrl, 'owner');
const { browser, onBoth } = await testScreens(cookies);

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 600" onload="alert(1)">
  <script>alert(1)</script><rect x="50" y="50" width="900" height="500" fill="none" stroke="black"/></svg>`;

async function openPlan(): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce', locale: 'en-GB' },
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/plan`);
  await started(page);
  await page.locator('.leaflet-container').waitFor();
  return page;
}

/** A place on the map, in parts of its width and height. */
async function at(page: Page, across: number, down: number) {
  const box = await page.locator('.plan-map').boundingBox();
  if (!box) throw new Error('there is no map');
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

async function clickMap(page: Page, across: number, down: number): Promise<void> {
  const { x, y } = await at(page, across, down);
  // Leaflet draws a line to where the pointer is before it takes a click.
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.click(x, y);
}

const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stored = () => readPlanToEdit(db, desk.eventId);

test('a plan is uploaded, drawn, checked and saved; the drawing is clean', async () => {
  const page = await openPlan();
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'plan.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) },
  });
  await page.getByText('The plan is there. Save to keep it.').waitFor();

  await tool(page, 'Draw a rectangle').click();
  await clickMap(page, 0.55, 0.3);
  await clickMap(page, 0.75, 0.6);
  await page.getByLabel('Name').fill('Stage');
  await page.getByLabel('People it may hold').fill('many');
  await page.getByLabel('People it may hold').press('Tab');
  await page.getByText('A whole number from 0 to 1,000,000, or nothing.').waitFor();
  await page.getByLabel('People it may hold').fill('250');
  await page.getByText('Nobody can reach Stage').waitFor();

  await tool(page, 'Place a checkpoint').click();
  await clickMap(page, 0.55, 0.45);
  await page.getByLabel('Name').fill('Stage door');
  await page.getByLabel('Name').press('Tab');
  await page.getByLabel('Leads from').selectOption('Hall');
  await page.getByLabel('Which way').selectOption('In only');
  await page.getByText('People can come into Stage and not out again.').click();
  await page.keyboard.press('Control+z');
  await page.getByText('People can come into Stage').waitFor({ state: 'detached' });
  expect(await page.getByLabel('People it may hold').inputValue()).toBe('250');

  await tool(page, 'Save the plan').click();
  await page.getByText('Saved. Gates and walls have it.').waitFor();
  const { plan, areas, checkpoints, version } = await stored();
  expect({ version, size: [plan?.width, plan?.height] }).toEqual({ version: 1, size: [1000, 600] });
  expect(plan?.svg).not.toMatch(/script|onload/);
  expect(areas.map(({ name, capacity }) => [name, capacity])).toEqual([
    ['Outside', null],
    ['Hall', 100],
    ['Stage', 250],
  ]);
  expect(areas[2]?.polygon).toHaveLength(4);
  expect(checkpoints).toMatchObject([
    { name: 'Main gate' },
    { name: 'Stage door', directions: 'both', fromAreaId: areas[1]?.id, toAreaId: areas[2]?.id },
  ]);
});

test('what another person saved meanwhile is not lost, and neither is mine', async () => {
  const page = await openPlan();
  await page.getByRole('button', { name: /^Hall \d/ }).click();
  await page.getByLabel('Corners').fill('100, 100\n400, 100\n400, 500\n100, 500');
  await page.getByLabel('Corners').press('Tab');
  const { version, areas, checkpoints } = await stored();
  const noOf = new Map(areas.map(({ id, no }) => [id, no]));
  const theirs = await savePlan(
    db,
    desk.eventId,
    {
      version,
      areas: areas.filter(({ no }) => no > 0).map((area) => ({ ...area, name: `${area.name} 2` })),
      checkpoints: checkpoints.map((one) => ({
        ...one,
        fromNo: noOf.get(one.fromAreaId) ?? 0,
        toNo: noOf.get(one.toAreaId) ?? 0,
      })),
    },
    {
      ...{ organizationId: desk.organizationId, kind: 'system', id: null },
      ...{ address: null, userAgent: null },
    },
  );
  expect(theirs.ok).toBe(true);
  await tool(page, 'Save the plan').click();
  await page.getByText('Somebody else changed this meanwhile').waitFor();
  expect(await page.getByLabel('Corners').inputValue()).toContain('400, 500');
  await tool(page, 'Save mine over it').click();
  await page.getByText('Saved. Gates and walls have it.').waitFor();
  expect((await stored()).areas[1]).toMatchObject({
    name: 'Hall',
    polygon: [
      [100, 100],
      [400, 100],
      [400, 500],
      [100, 500],
    ],
  });
});

test('a map of the venue becomes areas, and a file that is no plan is refused', async () => {
  const page = await openPlan();
  const ring = (west: number, side: number) => [
    [west, -23],
    [west + side, -23],
    [west + side, -22.999],
    [west, -22.999],
    [west, -23],
  ];
  const features = [ring(-46, 0.002), ring(-45.997, 0.001)].map((corners, index) => ({
    ...{ type: 'Feature', properties: { name: `Hall ${index + 5}` } },
    geometry: { type: 'Polygon', coordinates: [corners] },
  }));
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'venue.geojson', mimeType: 'application/geo+json' },
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
  });
  await page.getByText('with 2 areas from the map').waitFor();
  await page.getByRole('button', { name: /^Hall 6/ }).waitFor();
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') },
  });
  await page.getByText('This file is not a plan that can be read.').waitFor();
});

test('a plan is drawn, undone and saved without a mouse', async () => {
  const page = await openPlan();
  const press = async (name: string) => {
    await tabTo(page, tool(page, name));
    await page.keyboard.press('Enter');
  };
  const write = async (label: string, text: string) => {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  };
  await press('Add an area');
  await write('Name', 'Court');
  await write('Corners', '600, 100\n900, 100\n900, 300');
  await page.getByText('Nobody can reach Court').waitFor();
  await press('Add a checkpoint');
  await write('Name', 'Court door');
  await tabTo(page, page.getByLabel('Leads to'));
  await page.keyboard.type('Court');
  await page.getByText('Nobody can reach Court').waitFor({ state: 'detached' });
  await press('Undo');
  await page.getByText('Nobody can reach Court').waitFor();
  await press('Redo');
  await page.getByText('Nobody can reach Court').waitFor({ state: 'detached' });
  await press('Save the plan');
  await page.getByText('Saved. Gates and walls have it.').waitFor();
  const { areas, checkpoints } = await stored();
  expect(areas.at(-1)).toMatchObject({ name: 'Court', polygon: { length: 3 } });
  expect(checkpoints.at(-1)).toMatchObject({ name: 'Court door', toAreaId: areas.at(-1)?.id });
});

test('the editor is for everybody, whatever is selected', async () => {
  await onBoth(async (page) => {
    await page.goto(`${site.webUrl}/admin/${desk.eventSlug}/plan`);
    await started(page);
    await page.locator('.leaflet-container').waitFor();
    const width = page.viewportSize()?.width ?? 0;
    for (const thing of [/^Hall \d/, /^Main gate/]) {
      await page.getByRole('button', { name: thing }).first().click();
      await look(page, `plan-${thing.source.slice(1, 5)}-on-${width}`);
    }
  });
});
