import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LeafWish, Search } from './search.svelte.ts';

const wish: LeafWish = { text: '', leaf: 'first' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that answers when it is told to, in any order. */
function slowServer() {
  const open: { text: string; answer: (rows: string) => void; fail: () => void }[] = [];
  const search = new Search(
    wish,
    'first rows',
    ({ text }) =>
      new Promise<string>((resolve, reject) => {
        open.push({ text, answer: resolve, fail: () => reject(new Error('away')) });
      }),
  );
  return { open, search };
}

test('a name typed in one go is one question', async () => {
  const { open, search } = slowServer();
  for (const text of ['b', 'bi', 'bia']) search.change({ text });
  expect(search.state).toBe('asking');
  await vi.runAllTimersAsync();
  expect(open.map(({ text }) => text)).toEqual(['bia']);
});

test('an answer that comes late is dropped', async () => {
  const { open, search } = slowServer();
  search.change({ text: 'bia' });
  await vi.runAllTimersAsync();
  search.change({ text: 'caio' });
  await vi.runAllTimersAsync();
  open[1]?.answer('rows of caio');
  await vi.runAllTimersAsync();
  open[0]?.answer('rows of bia');
  await vi.runAllTimersAsync();
  expect(search).toMatchObject({ answer: 'rows of caio', state: 'answered' });
});

test('without an answer the rows stay, and asking again is for the same', async () => {
  const { open, search } = slowServer();
  search.change({ text: 'bia' });
  await vi.runAllTimersAsync();
  open[0]?.fail();
  await vi.runAllTimersAsync();
  expect(search).toMatchObject({ answer: 'first rows', state: 'failed' });
  void search.ask();
  expect(open[1]?.text).toBe('bia');
});

test('another wish begins at the first page', () => {
  const { search } = slowServer();
  search.change({ leaf: { after: 'row 50' } });
  expect(search.wish.leaf).toEqual({ after: 'row 50' });
  search.change({ text: 'bia' });
  expect(search.wish).toEqual({ text: 'bia', leaf: 'first' });
});

test('a list without pages has none after another wish either', () => {
  const search = new Search({ text: '' }, 'rows', () => Promise.resolve('rows'));
  search.change({ text: 'bia' });
  expect(search.wish).toEqual({ text: 'bia' });
});

test('what is shown already is not asked for again', () => {
  const { search } = slowServer();
  search.show({ ...wish });
  expect(search.state).toBe('answered');
  search.show({ ...wish, text: 'bia' });
  expect(search.state).toBe('asking');
});
