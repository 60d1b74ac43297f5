import { expect, test } from 'vitest';
import { sectionOf, sectionsFor } from './sections.ts';

test.each([
  ['/admin/con', ''],
  ['/admin/con/orders', '/orders'],
  ['/admin/con/orders/K7QM-3XPD', '/orders'],
  ['/admin/con/checkpoints', '/checkpoints'],
  ['/admin/con/sites', '/sites'],
])('%s is in section %j', (pathname, section) => {
  expect(sectionOf(pathname, 'con')).toBe(section);
});

test('a section is offered to whoever may ask what it shows', () => {
  const paths = sectionsFor(['overview.get', 'pass.search']).map(({ path }) => path);
  expect(paths).toEqual(['', '/passes']);
});
