import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/index.ts';
import { arrayLiteral } from './array-literal.ts';
import { openGateDb } from './open-gate-db.ts';

const { url } = await testDatabase();
const db = openGateDb(url);
afterAll(() => db.end());

test('any array arrives as it was', async () => {
  const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '').toWellFormed());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(text)),
      fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
      fc.array(fc.uint8Array()),
      async (texts, numbers, bytes) => {
        const back = async (type: string, values: Parameters<typeof arrayLiteral>[0]) => {
          const rows = await db.unsafe<{ v: unknown }[]>(`select v from unnest($1::${type}[]) v`, [
            arrayLiteral(values),
          ]);
          return rows.map(({ v }) => v);
        };
        expect(await back('text', texts)).toEqual(texts);
        expect(await back('bigint', numbers)).toEqual(numbers);
        expect((await back('bytea', bytes)).map((v) => new Uint8Array(v as Buffer))).toEqual(bytes);
      },
    ),
    { numRuns: 50 },
  );
});
