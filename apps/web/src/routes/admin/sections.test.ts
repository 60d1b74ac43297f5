import { access, type ProcedurePath } from '@catraca/api';
import { expect, test } from 'vitest';
import { groupsOf, sectionOf, sectionsFor } from './sections.ts';

test.each([
  ['/admin/con', ''],
  ['/admin/con/orders', '/orders'],
  ['/admin/con/orders/K7QM-3XPD', '/orders'],
  ['/admin/con/checkpoints', '/checkpoints'],
  ['/admin/con/sites', '/sites'],
  ['/admin/con/sitespotting', ''],
])('%s is in section %j', (pathname, section) => {
  expect(sectionOf(pathname, 'con')).toBe(section);
});

test('a section is offered to whoever may ask what it shows', () => {
  const paths = sectionsFor(['overview.get', 'pass.search']).map(({ path }) => path);
  expect(paths).toEqual(['', '/passes']);
});

test('the menu has a heading for each kind of work, and none with nothing under it', () => {
  const groups = groupsOf(sectionsFor(['overview.get', 'pass.search', 'device.list']));
  expect(groups.map(({ group, sections }) => [group, sections.length])).toEqual([
    ['watch', 1],
    ['sales', 1],
    ['gates', 1],
  ]);
});

test('a phone has room for four places beside "More"', () => {
  const everything = sectionsFor(Object.keys(access) as ProcedurePath[]);
  expect(everything.filter(({ atHand }) => atHand)).toHaveLength(4);
});
