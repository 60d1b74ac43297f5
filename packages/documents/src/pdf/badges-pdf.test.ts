import { badgeSizes, firstBadgeDesign } from '@catraca/domain/accreditation';
import { expect, test, vi } from 'vitest';
import { readTicketsPdf } from '../testing/read-tickets-pdf.ts';
import { type Badge, renderBadgesPdf } from './badges-pdf.ts';

// Pages are drawn and read as pixels.
vi.setConfig({ testTimeout: 60_000 });

const token = 'CAT1'.padEnd(154, 'A7');
const badge: Badge = {
  design: firstBadgeDesign(badgeSizes.holder),
  name: 'Łucja Αθηνά Иванова-Ferreira',
  typeName: 'Exhibitor',
  typeColour: '#0f766e',
  delegationName: 'Estúdio Nanquim',
  eventName: 'Festival Traço & Tinta 2027',
  days: '30 April – 2 May',
  number: '1234 5678 9012 3456',
  token,
  photo: null,
};
const print = (...badges: Badge[]) =>
  renderBadgesPdf({ badges, title: 'Badges', printedAt: new Date(0) });

test('a badge has its name, and a code that reads back', async () => {
  const { pdf, unprintable } = await print(badge, { ...badge, name: 'Ana' });
  const pages = await readTicketsPdf(pdf);
  expect(pages).toHaveLength(2);
  expect(pages[0]?.qr).toBe(token);
  for (const text of ['Łucja', 'Αθηνά', 'Exhibitor', 'Estúdio Nanquim']) {
    expect(pages[0]?.text).toContain(text);
  }
  expect(unprintable).toEqual([]);
});

test('the longest name stays on its badge, whole words and all', async () => {
  const name = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).trim();
  const [page] = await readTicketsPdf((await print({ ...badge, name })).pdf);
  expect(page?.text).toContain('Wolfeschlegelsteinhausenbergerdorff');
  expect(page?.qr).toBe(token);
});

test('a name in letters that the font lacks is told', async () => {
  const badges = ['Ana', '山田 太郎', 'محمد', 'José'].map((name) => ({ ...badge, name }));
  expect((await print(...badges)).unprintable).toEqual([1, 2]);
});

test('the same badges are the same bytes', async () => {
  const [one, other] = [await print(badge), await print(badge)];
  expect(Buffer.compare(one.pdf, other.pdf)).toBe(0);
});
