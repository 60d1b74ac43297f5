import { initSite, placeHold, type Db, type HoldRequestLine, type PlacedHold } from '@catraca/db';
import {
  localDate,
  makeEvent,
  makeType,
  seatRow,
  type MadeEvent,
  type MadeType,
} from '@catraca/db/seed';
import { testSigningKey } from '@catraca/db/testing/shop';
import type { Page } from 'playwright';
import { started } from '../support/browser.ts';

/** An event on sale: plain tickets in plenty, a few rare ones, and a hall of two rows. */
export interface Shop {
  event: MadeEvent;
  plain: MadeType;
  rare: MadeType;
  seated: MadeType;
}

/** Makes the database a site that can sell and sign. Once a database. */
export async function openShop(db: Db): Promise<void> {
  await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
  await testSigningKey(db, new Date());
}

export async function makeShop(db: Db, name = 'Test event'): Promise<Shop> {
  const look = { posterPath: null, accent: '#ffd400', ink: '#16130a' };
  const event = await makeEvent(db, { name, look, dates: soon() }, new Date());
  const type = (draft: Parameters<typeof makeType>[2]) => makeType(db, event.id, draft);
  return {
    event,
    plain: await type({ name: { en: 'Day ticket' }, priceMinor: 2_000, feeMinor: 150 }),
    rare: await type({ name: { en: 'Rare ticket' }, priceMinor: 9_000, units: 3 }),
    seated: await type({
      name: { en: 'Seat' },
      priceMinor: 4_000,
      seats: [...seatRow(6, 'A'), ...seatRow(6, 'B').map((seat) => ({ ...seat, y: 10 }))],
    }),
  };
}

/** Days from now, so that the event is not over before the test is. */
export function soon(): string[] {
  return [2, 3].map((days) => localDate(new Date(), 'UTC', days));
}

/** Somebody else's hold, placed at once. */
export async function holdForOther(
  db: Db,
  shop: Shop,
  lines: HoldRequestLine[],
): Promise<PlacedHold> {
  const result = await placeHold(db, { eventId: shop.event.id, lines }, new Date());
  if (!result.ok) throw new Error(`the other's hold was refused: ${result.code}`);
  return result.hold;
}

/** The page of the shop's event, when its script has started. */
export async function openEvent(page: Page, webUrl: string, shop: Shop): Promise<void> {
  await page.goto(`${webUrl}/events/${shop.event.slug}`);
  await started(page);
}

/** Presses Tab until the element with this name has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = (label: string) => (name instanceof RegExp ? name.test(label) : label === name);
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press('Tab');
    if (wanted(await focusedName(page))) return;
  }
  throw new Error(`no Tab leads to ${String(name)}`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const words = element.getAttribute('aria-label') ?? labels[0]?.innerText ?? element.innerText;
    return words.trim();
  });
}
