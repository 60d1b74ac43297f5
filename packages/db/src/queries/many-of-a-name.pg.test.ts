import { expect, test } from 'vitest';
import { initSite } from '../local-site.ts';
import { insertRows } from '../rows.ts';
import { orders, passes } from '../schema/index.ts';
import { makeType } from '../seed/index.ts';
import { makeDesk } from '../testing/desk.ts';
import { testDatabase } from '../testing/index.ts';
import { loadPeople } from '../testing/people.ts';
import { findPassesByName } from './find-passes-by-name.ts';
import type { Leaf } from './leaf.ts';
import { listOrders } from './list-orders.ts';
import { listPasses } from './list-passes.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const { eventId } = await makeDesk(db, {});
const press = await makeType(db, eventId, { kind: 'credential', name: { en: 'Press' } });

// More than are opened for one search. What `banana` is made of is in all of them, and every other one is meant; they hold a pass and bought something.
const count = 2_400;
const people = Array.from({ length: count }, (_, n) => ({
  id: BigInt(1_000_000 + n),
  name: n % 2 === 0 ? `Banana ${n}` : `Bana Nana ${n}`,
  email: null,
}));
const meant = people.map(({ name }) => name).filter((name) => name.startsWith('Banana'));
const created = (n: number) => new Date(Date.UTC(2030, 0, 1) + Math.floor(n / 7) * 1000);
await loadPeople(db, eventId, people);
await insertRows(
  db,
  passes,
  people.map(({ id }, n) => ({
    ...{ id: id + 10_000n, eventId, typeId: press.id, kind: 'credential' as const, holderId: id },
    createdAt: created(n),
  })),
);
await insertRows(
  db,
  orders,
  people.map(({ id }, n) => ({
    ...{ id: id + 20_000n, reference: `R-${n}`, eventId, site: 1, buyerId: id, currency: 'BRL' },
    ...{ totalMinor: 100, locale: 'en' as const, state: 'cancelled' as const },
    ...{ closedReason: 'test', createdAt: created(n) },
  })),
);
const passSearch = {
  eventId,
  text: 'banana',
  status: null,
  sort: 'oldest' as const,
  pageSize: 100,
};
const orderSearch = {
  eventId,
  text: 'banana',
  state: null,
  sort: 'oldest' as const,
  pageSize: 100,
};

/** All pages, one behind the other. */
async function readAll(
  start: 'first' | 'last',
  read: (leaf: Leaf) => Promise<{ names: string[]; keys: string[]; more: boolean }>,
): Promise<string[]> {
  const found: string[] = [];
  let leaf: Leaf = start;
  for (;;) {
    const { names, keys, more } = await read(leaf);
    if (start === 'first') found.push(...names);
    else found.unshift(...names);
    if (!more) return found;
    const key = (start === 'first' ? keys.at(-1) : keys[0]) ?? '';
    leaf = start === 'first' ? { after: key } : { before: key };
  }
}

test.each(['first', 'last'] as const)(
  'passes of a common name, from the %s page',
  async (start) => {
    const found = await readAll(start, async (leaf) => {
      const { rows, total, ...page } = await listPasses(db, { ...passSearch, leaf });
      expect(total).toBeNull();
      return {
        names: rows.map(({ holderName }) => holderName),
        keys: rows.map(({ publicId }) => publicId),
        more: start === 'first' ? page.hasAfter : page.hasBefore,
      };
    });
    expect(found).toEqual(meant);
  },
);

test.each(['first', 'last'] as const)(
  'orders of a common name, from the %s page',
  async (start) => {
    const found = await readAll(start, async (leaf) => {
      const { rows, ...page } = await listOrders(db, { ...orderSearch, leaf });
      return {
        names: rows.map(({ buyerName }) => buyerName),
        keys: rows.map(({ reference }) => reference),
        more: start === 'first' ? page.hasAfter : page.hasBefore,
      };
    });
    expect(found).toEqual(meant);
  },
);

test('whom a common name and another word mean is counted', async () => {
  const { rows, total } = await listPasses(db, {
    ...passSearch,
    text: 'banana 1234',
    leaf: 'first',
  });
  expect(rows.map(({ holderName }) => holderName)).toEqual(['Banana 1234']);
  expect(total).toEqual({ count: 1, hasMore: false });
});

test('where very many fit and nobody is meant, it is said that not all were looked at', async () => {
  const { rows, cut } = await listPasses(db, { ...passSearch, text: 'nanaban', leaf: 'first' });
  expect({ rows, cut }).toEqual({ rows: [], cut: false });
  const far = await listPasses(db, { ...passSearch, text: 'ananan', leaf: 'first' });
  expect(far).toMatchObject({ rows: [], cut: true, hasAfter: false });
});

test('at a gate a common name finds who holds a pass, though more bought one', async () => {
  const buyers = people.map((one) => ({ ...one, id: one.id + 100_000n, name: 'Cajuína' }));
  await loadPeople(db, eventId, buyers);
  const holder = { id: 9_000_000n, name: 'Cajuína Holder', email: null };
  await loadPeople(db, eventId, [holder]);
  await insertRows(db, passes, [
    { eventId, typeId: press.id, kind: 'credential' as const, holderId: holder.id },
  ]);
  expect(await findPassesByName(db, eventId, 'cajuina')).toMatchObject([
    { holderName: holder.name },
  ]);
});
