import { expect, test } from 'vitest';
import { initSite } from '../local-site.ts';
import { writeAudit, type Actor } from '../commands/audit/write-audit.ts';
import { users } from '../schema/index.ts';
import { testActor, testDatabase } from '../testing/index.ts';
import { findLastChange } from './find-last-change.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
await db.insert(users).values([
  { id: 'ana', name: 'Ana', email: 'ana@example.org' },
  { id: 'bia', name: 'Bia', email: 'bia@example.org' },
]);

const edited = { subjectKind: 'voucher', subjectId: 7n, actions: ['voucher.save'] };
const by = (id: string): Actor => ({ ...testActor, id });
const write = (actor: Actor, action = 'voucher.save', subjectId = 7n) =>
  db.transaction((tx) => writeAudit(tx, actor, { action, subjectKind: 'voucher', subjectId }));

test('the last change of a row is the latest of those that count, of this row alone', async () => {
  expect(await findLastChange(db, edited)).toBeUndefined();
  await write(by('ana'));
  await write(by('bia'));
  await write(by('ana'), 'voucher.look');
  await write(by('ana'), 'voucher.save', 8n);
  expect(await findLastChange(db, edited)).toEqual({ by: 'Bia', at: expect.any(Date) as Date });
});

test('what no member did has nobody to name', async () => {
  await write(by('gone'));
  expect(await findLastChange(db, edited)).toBeUndefined();
  await write({ ...testActor, kind: 'system', id: null });
  expect(await findLastChange(db, edited)).toBeUndefined();
});
