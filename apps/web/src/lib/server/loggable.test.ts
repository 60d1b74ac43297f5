import { expect, test } from 'vitest';
import { loggable } from './loggable.ts';

test('a failed query is told without its parameters and rows', () => {
  const detail = 'Key (email)=(bia@example.com) already exists.';
  const refused = Object.assign(new Error('duplicate key'), { code: '23505', detail });
  const query = new Error('Failed query: insert … params: bia@example.com', { cause: refused });
  const told = loggable(new Error('procedure failed', { cause: query }));
  expect(told).toMatchObject({ type: 'Error', code: '23505', message: 'duplicate key' });
  expect(JSON.stringify(told)).not.toContain('bia@example.com');
});

test('what is no error is told by its kind alone', () => {
  expect(loggable('bia@example.com')).toEqual({ type: 'string' });
  expect(loggable(undefined)).toEqual({ type: 'undefined' });
});
