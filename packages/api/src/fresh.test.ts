import { describe, expect, test } from 'vitest';
import { Fresh } from './fresh.ts';

/** A reader that counts, and answers when it is told to. */
function reader() {
  const waiting: PromiseWithResolvers<number>[] = [];
  const read = () => {
    const answer = Promise.withResolvers<number>();
    waiting.push(answer);
    return answer.promise;
  };
  return { read, waiting };
}

describe('what many ask for', () => {
  test('is read once for all who ask while it is being read', async () => {
    const { read, waiting } = reader();
    const fresh = new Fresh<number>(60_000);
    const answers = Promise.all(Array.from({ length: 500 }, () => fresh.get('hall', read)));
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve(7);
    expect(new Set(await answers)).toEqual(new Set([7]));
    expect(await fresh.get('hall', read)).toBe(7);
    expect(waiting).toHaveLength(1);
  });

  test('is read again when it is old', async () => {
    let reads = 0;
    const fresh = new Fresh<number>(0);
    const read = () => Promise.resolve(++reads);
    expect([await fresh.get('hall', read), await fresh.get('hall', read)]).toEqual([1, 2]);
  });

  test('is read again after a reading that failed, which all who waited for it are told', async () => {
    const { read, waiting } = reader();
    const fresh = new Fresh<number>(60_000);
    const both = Promise.allSettled([fresh.get('hall', read), fresh.get('hall', read)]);
    waiting[0]?.reject(new Error('away'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = fresh.get('hall', read);
    waiting[1]?.resolve(8);
    expect(await again).toBe(8);
  });

  test('is kept for no more than a thousand keys, the latest', async () => {
    const asked: string[] = [];
    const fresh = new Fresh<number>(60_000);
    const ask = (key: string) => fresh.get(key, () => Promise.resolve(asked.push(key)));
    for (let key = 0; key <= 1_000; key++) await ask(`key ${key}`);
    await ask('key 1');
    expect(asked).toHaveLength(1_001);
    await ask('key 0');
    expect(asked).toHaveLength(1_002);
  });
});
