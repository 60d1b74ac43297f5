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
    const fresh = new Fresh(60_000, read);
    const answers = Promise.all(Array.from({ length: 500 }, () => fresh.get('hall')));
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve(7);
    expect(new Set(await answers)).toEqual(new Set([7]));
    expect(await fresh.get('hall')).toBe(7);
    expect(waiting).toHaveLength(1);
  });

  test('is read again when it is old', async () => {
    let reads = 0;
    const fresh = new Fresh(0, () => Promise.resolve(++reads));
    expect([await fresh.get('hall'), await fresh.get('hall')]).toEqual([1, 2]);
  });

  test('is read again after a reading that failed, which all who waited for it are told', async () => {
    const { read, waiting } = reader();
    const fresh = new Fresh(60_000, read);
    const both = Promise.allSettled([fresh.get('hall'), fresh.get('hall')]);
    waiting[0]?.reject(new Error('away'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = fresh.get('hall');
    waiting[1]?.resolve(8);
    expect(await again).toBe(8);
  });

  test('is kept for no more than a thousand keys, the latest', async () => {
    const asked: string[] = [];
    const fresh = new Fresh(60_000, (key) => Promise.resolve(asked.push(key)));
    for (let key = 0; key <= 1_000; key++) await fresh.get(`key ${key}`);
    await fresh.get('key 1');
    expect(asked).toHaveLength(1_001);
    await fresh.get('key 0');
    expect(asked).toHaveLength(1_002);
  });
});
