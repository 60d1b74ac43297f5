import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { auditLog } from '../../schema/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { transact } from '../transact.ts';
import { type Actor, writeAudit } from './write-audit.ts';

const { db } = await testDatabase();
await initSite(db, { number: 4, name: 'Test', kind: 'cloud' });
const actor: Actor = {
  organizationId: 'org',
  kind: 'member',
  id: 'user',
  address: '203.0.113.9',
  userAgent: 'x'.repeat(1000),
};

test('what was done is written with who did it, where, and what it was before', async () => {
  await transact(db, (tx) =>
    writeAudit(tx, actor, {
      ...{ action: 'checkpoint.update', eventId: 5n, subjectKind: 'checkpoint', subjectId: 7n },
      ...{ before: { open: true, areaId: 9n }, after: { open: false, areaId: 9n } },
    }),
  );
  expect(await db.select().from(auditLog)).toMatchObject([
    {
      ...{ site: 4, organizationId: 'org', eventId: 5n, actorKind: 'member', actorId: 'user' },
      ...{ subjectId: '7', before: { open: true, areaId: '9' }, after: { open: false } },
      ...{ address: '203.0.113.9', userAgent: 'x'.repeat(300) },
    },
  ]);
});

test.each(['update audit_log set actor_id = null', 'delete from audit_log', 'truncate audit_log'])(
  '%s is refused',
  async (statement) => {
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('audit_log are facts') as string },
    });
    expect(await db.select().from(auditLog)).toHaveLength(1);
  },
);
