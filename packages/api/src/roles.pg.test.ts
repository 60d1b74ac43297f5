import { initSite, memberRoles, type MemberRole } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { TRPCError } from '@trpc/server';
import { expect, expectTypeOf, test } from 'vitest';
import { access, mayCall } from './roles.ts';
import { appRouter, createCaller, type ProcedurePath } from './router.ts';
import { testContext, testMember } from './testing/test-context.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const paths = Object.keys(appRouter._def.procedures);
const callers: (MemberRole | null)[] = [null, ...memberRoles];

const contextOf = (role: MemberRole | null) =>
  testContext(db, role && testMember(role, 'organization'));

/** An input that no procedure takes, and that knows whether anybody looked. */
function watchedInput() {
  const seen = { looked: false };
  const look = () => {
    seen.looked = true;
    return undefined;
  };
  return { seen, input: new Proxy({}, { get: look, ownKeys: () => (look(), []) }) };
}

async function call(path: string, role: MemberRole | null) {
  const { seen, input } = watchedInput();
  const procedure = path
    .split('.')
    .reduce<unknown>(
      (at, name) => (at as Record<string, unknown>)[name],
      createCaller(await contextOf(role)),
    );
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
    return { code: 'OK', looked: seen.looked };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, looked: seen.looked };
  }
}

test('the table names every procedure, and nothing else', () => {
  expect(Object.keys(access).toSorted()).toEqual(paths.toSorted());
  expectTypeOf<keyof typeof access>().toEqualTypeOf<ProcedurePath>();
});

test('a role not named by the table may not call, and a path not in it nobody may', () => {
  expect(mayCall('owner', 'live.plan')).toBe(true);
  expect(mayCall('gate', 'live.plan')).toBe(false);
  expect(mayCall(null, 'live.plan')).toBe(false);
  expect(mayCall(null, 'site.status')).toBe(true);
  for (const path of ['live.none', 'constructor', 'toString', '']) {
    for (const role of callers) expect(mayCall(role, path)).toBe(false);
  }
});

test('somebody may call each procedure', () => {
  for (const path of paths) {
    expect(
      callers.some((caller) => mayCall(caller, path)),
      path,
    ).toBe(true);
  }
});

test.each(paths)('%s: a role of the table is heard', async (path) => {
  for (const role of callers.filter((caller) => mayCall(caller, path))) {
    const { code } = await call(path, role);
    expect(['UNAUTHORIZED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR'], String(role)).not.toContain(
      code,
    );
  }
});

test.each(paths)('%s: anybody else is refused, whatever they send', async (path) => {
  for (const role of callers.filter((caller) => !mayCall(caller, path))) {
    const code = role === null ? 'UNAUTHORIZED' : 'FORBIDDEN';
    expect(await call(path, role), String(role)).toEqual({ code, looked: false });
  }
});

test('the input of a call that is heard is looked at', async () => {
  expect(await call('live.plan', 'owner')).toEqual({ code: 'BAD_REQUEST', looked: true });
});
