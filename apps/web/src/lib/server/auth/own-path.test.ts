import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each(['/admin', '/admin/orders?q=ana', '/control/summer-con#map'])('%s is ours', (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  null,
  '',
  'admin',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/admin\n',
  'javascript:alert(1)',
])('%j leads elsewhere', (path) => {
  expect(ownPath(path)).toBeNull();
});
