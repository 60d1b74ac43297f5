import type { ApplicationFields } from '@catraca/domain/accreditation';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeScans, loadVenue, openGateDb, type Venue } from '../../gate/index.ts';
import {
  gateScan,
  makeDevice,
  makeSmallEvent,
  type SmallEvent,
  type TestDevice,
} from '../../gate/testing/index.ts';
import { findApplication, listDuplicates } from '../../queries/accreditation/find-application.ts';
import {
  findDelegationByLink,
  listDelegationForms,
} from '../../queries/accreditation/find-delegation-by-link.ts';
import { listApplications } from '../../queries/accreditation/list-applications.ts';
import type { Leaf } from '../../queries/leaf.ts';
import { findTickets } from '../../queries/find-tickets.ts';
import {
  applications,
  delegationQuotas,
  mailOutbox,
  media,
  passes,
  persons,
  photos,
} from '../../schema/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { testSigningKey } from '../../testing/shop.ts';
import { type Actor } from '../audit/write-audit.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { revokePass } from '../passes/revoke-pass.ts';
import { mendApplication, withdrawApplication } from './change-application.ts';
import { type Decision, decideApplication } from './decide-application.ts';
import { createDelegation, renewDelegationLink, updateDelegation } from './save-delegation.ts';
import { type FormDraft, saveForm } from './save-form.ts';
import { submitApplication } from './submit-application.ts';

const { db, url } = await testDatabase();
const gate = openGateDb(url);
afterAll(() => gate.end());
const now = new Date();
const actor: Actor = {
  ...{ organizationId: 'test', kind: 'system', id: null, address: null, userAgent: null },
};
let event: SmallEvent;
let venue: Venue;
let device: TestDevice;
let key: SigningKey;
let typeId: bigint;

const form: FormDraft = {
  isPublic: true,
  asksPhoto: true,
  asksDocument: true,
  asksBirthDate: true,
  questions: [],
  opensAt: null,
  closesAt: null,
};

beforeAll(async () => {
  event = await makeSmallEvent(db);
  typeId = event.types.reentry;
  key = await testSigningKey(db, now);
  device = await makeDevice(db, event);
  const loaded = await loadVenue(db, event.eventId);
  if (!loaded) throw new Error('the event has gone');
  venue = loaded;
  const saved = await saveForm(db, { eventId: event.eventId, typeId }, form, 0, actor);
  expect(saved).toEqual({ ok: true, version: 1 });
});

let people = 0;
const somebody = (changes: Partial<ApplicationFields> = {}): ApplicationFields => ({
  name: `Person ${++people}`,
  email: `person${people}@example.com`,
  document: `DOC ${1000 + people}`,
  birthDate: '1990-02-03',
  answers: {},
  ...changes,
});
const photo = { picture: new Uint8Array([1, 2, 3]), width: 480, height: 600 };

async function delegation(quantity: number) {
  const made = await createDelegation(
    db,
    event.eventId,
    {
      ...{ name: `Booth ${++people}`, contactName: 'Ana', contactEmail: 'ana@example.com' },
      ...{ locale: 'en', state: 'open', quotas: [{ typeId, quantity }] },
    },
    actor,
    now,
  );
  if (!made.ok) throw new Error(made.code);
  return made;
}

async function apply(fields = somebody(), delegationId: bigint | null = null) {
  const request = { eventId: event.eventId, typeId, delegationId, fields, photo };
  const made = await submitApplication(db, { ...request, locale: 'en' }, now);
  if (!made.ok) throw new Error(made.code);
  return made;
}

const decide = (id: bigint, act: Decision['act'], message = '') =>
  decideApplication(db, { eventId: event.eventId, id }, { act, message, actor }, key, now);

const rowOf = async (id: bigint) =>
  (await db.select().from(applications).where(eq(applications.id, id)))[0];

async function usedOf(delegationId: bigint) {
  const [quota] = await db
    .select()
    .from(delegationQuotas)
    .where(eq(delegationQuotas.delegationId, delegationId));
  return quota?.used;
}

async function mailsOf(id: bigint) {
  const rows = await db.select().from(mailOutbox).where(eq(mailOutbox.applicationId, id));
  return rows.map(({ kind }) => kind).toSorted();
}

describe('X-5: a delegation', () => {
  test('has a link, which is mailed once and kept as a hash', async () => {
    const made = await delegation(2);
    const found = await findDelegationByLink(db, made.secret);
    expect(found?.delegation.id).toBe(made.id);
    const [mail] = await db.select().from(mailOutbox).where(eq(mailOutbox.delegationId, made.id));
    expect(mail).toMatchObject({ kind: 'delegation_invited', secret: made.secret });

    const renewed = await renewDelegationLink(
      db,
      { eventId: event.eventId, id: made.id },
      actor,
      now,
    );
    expect(await findDelegationByLink(db, made.secret)).toBeUndefined();
    const again = renewed.ok && (await findDelegationByLink(db, renewed.secret));
    expect(again && again.delegation.id).toBe(made.id);
  });

  test('has no smaller quota than it has used, and two editors do not overwrite each other', async () => {
    const { id } = await delegation(2);
    await apply(somebody(), id);
    const draft = { name: `Booth ${id}`, contactName: null, contactEmail: null } as const;
    const rest = { locale: 'es', state: 'open' } as const;
    const where = { eventId: event.eventId, id, version: 1 };
    const change = (quantity: number, version = 1) =>
      updateDelegation(
        db,
        { ...where, version },
        { ...draft, ...rest, quotas: [{ typeId, quantity }] },
        actor,
      );
    expect(await change(0)).toEqual({ ok: false, code: 'quota_below_used', typeId, used: 1 });
    expect(await change(1)).toEqual({ ok: true, version: 2 });
    expect(await change(5)).toEqual({ ok: false, code: 'edited_meanwhile' });
    expect(await listDelegationForms(db, id)).toMatchObject([{ quantity: 1, used: 1 }]);
  });
});

describe('X-6: a quota', () => {
  test('is never exceeded, however many apply at once', async () => {
    const { id: delegationId } = await delegation(5);
    const request = {
      eventId: event.eventId,
      typeId,
      delegationId,
      photo: null,
      locale: 'en' as const,
    };
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        submitApplication(db, { ...request, fields: somebody() }, now),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.code])))).toEqual(
      new Set(['quota_full']),
    );
    expect(await usedOf(delegationId)).toBe(5);
    expect(await db.$count(applications, eq(applications.delegationId, delegationId))).toBe(5);
  });

  test('would be, if a place were looked for before it is taken; then the table refuses', async () => {
    const { id: delegationId } = await delegation(5);
    const naive = () =>
      db.transaction(async (tx) => {
        const [quota] = await tx
          .select()
          .from(delegationQuotas)
          .where(eq(delegationQuotas.delegationId, delegationId));
        if (!quota || quota.used >= quota.quantity) return 'full';
        // All have looked before the first one writes.
        await arrived();
        await tx
          .update(delegationQuotas)
          .set({ used: sql`${delegationQuotas.used} + 1` })
          .where(eq(delegationQuotas.delegationId, delegationId));
        return 'taken';
      });
    let waiting = 0;
    const { promise: all, resolve } = Promise.withResolvers<undefined>();
    const arrived = async () => {
      if (++waiting === 8) resolve(undefined);
      await all;
    };
    const results = await Promise.allSettled(Array.from({ length: 8 }, naive));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
    expect(await usedOf(delegationId)).toBe(5);
  });

  test('has its place back when an application is withdrawn or rejected, and loses it when that is undone', async () => {
    const { id: delegationId } = await delegation(1);
    const first = await apply(somebody(), delegationId);
    expect(await withdrawApplication(db, first.id)).toEqual({ ok: true });
    expect(await usedOf(delegationId)).toBe(0);
    const second = await apply(somebody(), delegationId);
    expect(await decide(second.id, 'reject')).toMatchObject({ ok: true });
    const third = await apply(somebody(), delegationId);
    expect(await decide(second.id, 'reopen')).toEqual({ ok: false, code: 'quota_full' });
    await withdrawApplication(db, third.id);
    expect(await decide(second.id, 'reopen')).toMatchObject({ ok: true });
    expect(await usedOf(delegationId)).toBe(1);
  });
});

test('X-7: nobody applies where no form is open', async () => {
  const request = {
    eventId: event.eventId,
    delegationId: null,
    fields: somebody(),
    photo: null,
    locale: 'en' as const,
  };
  const closed = { ok: false, code: 'not_open' };
  expect(await submitApplication(db, { ...request, typeId: event.types.once }, now)).toEqual(
    closed,
  );
  const other = event.types.n_times;
  const past = { ...form, closesAt: new Date(now.getTime() - 1) };
  await saveForm(db, { eventId: event.eventId, typeId: other }, past, 0, actor);
  expect(await submitApplication(db, { ...request, typeId: other }, now)).toEqual(closed);
  const secret = { ...form, isPublic: false };
  expect(await saveForm(db, { eventId: event.eventId, typeId: other }, secret, 7, actor)).toEqual({
    ok: false,
    code: 'edited_meanwhile',
  });
  await saveForm(db, { eventId: event.eventId, typeId: other }, secret, 1, actor);
  expect(await submitApplication(db, { ...request, typeId: other }, now)).toEqual(closed);
});

test('an application is asked about, mended, approved, and goes through a gate; each step is mailed', async () => {
  const applied = await apply(somebody({ name: 'Zuleide Prado' }));
  expect(await decide(applied.id, 'ask', 'The photo is dark.')).toMatchObject({ ok: true });
  expect(await rowOf(applied.id)).toMatchObject({ state: 'asked', message: 'The photo is dark.' });
  const fields = somebody({ name: 'Zuleide do Prado' });
  const { version = 0 } = (await rowOf(applied.id)) ?? {};
  expect(await mendApplication(db, { id: applied.id, version: 1 }, { fields, photo }, now)).toEqual(
    { ok: false, code: 'edited_meanwhile' },
  );
  expect(await mendApplication(db, { id: applied.id, version }, { fields, photo }, now)).toEqual({
    ok: true,
  });
  expect(await decide(applied.id, 'approve')).toEqual({ ok: true, again: false });
  expect(await decide(applied.id, 'approve')).toMatchObject({ code: 'decided_already' });
  expect(await withdrawApplication(db, applied.id)).toMatchObject({ code: 'decided_already' });
  expect(await mailsOf(applied.id)).toEqual([
    'application_approved',
    'application_asked',
    'application_received',
  ]);

  const found = await findApplication(db, applied.publicId);
  const [ticket] = await findTickets(db, [found?.pass?.id ?? 0n]);
  expect(ticket).toMatchObject({ holderName: 'Zuleide do Prado', status: 'valid' });
  const [holder] = await db
    .select({ photoId: persons.photoId })
    .from(persons)
    .innerJoin(passes, and(eq(passes.holderId, persons.id), eq(passes.id, found?.pass?.id ?? 0n)));
  expect(await db.$count(photos, eq(photos.id, holder?.photoId ?? 0n))).toBe(1);

  const scanned = async () => {
    const scan = gateScan(venue, device, ticket?.token ?? '', event.north);
    const judged = (await judgeScans(gate, 1, [scan])).judgements.get(scan.scanId);
    return judged?.kind === 'judged' ? judged.scan.verdict : judged?.kind;
  };
  expect(await scanned()).toBe('admitted');
  await revokePass(db, ticket?.passId ?? 0n, new Date());
  expect(await scanned()).toBe('revoked');
});

describe('X-3: a person who applies twice', () => {
  test('is found, and has one credential with the codes it has', async () => {
    const first = await apply(somebody({ document: '11.222.333-4' }));
    const second = await apply(somebody({ document: '112223334' }));
    const row = await rowOf(second.id);
    const duplicates = row ? await listDuplicates(db, row) : [];
    expect(duplicates.map(({ application }) => application.id)).toEqual([first.id]);
    const { rows } = await listApplications(db, {
      ...{ eventId: event.eventId, text: '', state: 'submitted', typeId: null },
      ...{ delegationId: null, leaf: 'first', pageSize: 100 },
    });
    expect(rows.find(({ id }) => id === second.id)?.hasDuplicate).toBe(true);

    expect(await decide(first.id, 'approve')).toEqual({ ok: true, again: false });
    expect(await decide(second.id, 'approve')).toEqual({ ok: true, again: true });
    const passId = (await rowOf(first.id))?.passId ?? 0n;
    expect((await rowOf(second.id))?.passId).toBe(passId);
    const codes = await db.select().from(media).where(eq(media.passId, passId));
    expect(codes.map(({ state }) => state)).toEqual(['active', 'active']);
  });

  test('is so by name and birth date where a document is missing, in either order', async () => {
    const who = { name: 'Íris Vale', birthDate: '1985-07-08' };
    const without = await apply(somebody({ ...who, document: '' }));
    const with1 = await apply(somebody({ ...who, name: 'iris  vale', document: 'A 1234' }));
    const namesake = await apply(somebody({ ...who, document: 'B 9876' }));
    expect(await decide(with1.id, 'approve')).toEqual({ ok: true, again: false });
    expect(await decide(without.id, 'approve')).toEqual({ ok: true, again: true });
    // With a document of their own they are somebody else, who has the first one's name.
    expect(await decide(namesake.id, 'approve')).toMatchObject({ ok: true });
    const ids = await Promise.all(
      [with1, without].map(async ({ id }) => (await rowOf(id))?.passId),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test('is refused when the credential was revoked', async () => {
    const first = await apply(somebody({ document: 'R 4444' }));
    const second = await apply(somebody({ document: 'R-4444' }));
    await decide(first.id, 'approve');
    await revokePass(db, (await rowOf(first.id))?.passId ?? 0n, now);
    expect(await decide(second.id, 'approve')).toEqual({ ok: false, code: 'credential_revoked' });
    expect(await rowOf(second.id)).toMatchObject({ state: 'submitted', passId: null });
  });

  test('and is approved by two desks at once, has one credential', async () => {
    const both = await Promise.all(
      Array.from({ length: 4 }, () => apply(somebody({ document: 'Z 777 888' }))),
    );
    const results = await Promise.all(both.map(({ id }) => decide(id, 'approve')));
    expect(results.filter((result) => result.ok && !result.again)).toHaveLength(1);
    const ids = await Promise.all(both.map(async ({ id }) => (await rowOf(id))?.passId));
    expect(new Set(ids).size).toBe(1);
  });
});

test('a decision that is taken back is told to nobody', async () => {
  const { id } = await apply();
  await decide(id, 'reject', 'No.');
  expect(await mailsOf(id)).toContain('application_rejected');
  expect(await decide(id, 'reopen')).toMatchObject({ ok: true });
  expect(await mailsOf(id)).toEqual(['application_received']);
  expect(await rowOf(id)).toMatchObject({ state: 'submitted' });
});

test('an application is found by a part of its name or address', async () => {
  await apply(somebody({ name: 'Quitéria Nunes', email: 'q.nunes@example.org' }));
  const search = async (text: string) => {
    const { rows } = await listApplications(db, {
      ...{ eventId: event.eventId, text, state: null, typeId: null },
      ...{ delegationId: null, leaf: 'first', pageSize: 10 },
    });
    return rows.map(({ name }) => name);
  };
  for (const text of ['quite', 'NUNES', 'unes@exam']) {
    expect(await search(text)).toContain('Quitéria Nunes');
  }
  expect(await search('somebody else')).toEqual([]);
});

test('the queue is leafed through by its rows: who is decided on meanwhile makes nobody skipped', async () => {
  const names = ['Leaf A', 'Leaf B', 'Leaf C', 'Leaf D', 'Leaf E'];
  const ids: bigint[] = [];
  for (const [minute, name] of names.entries()) {
    const { id } = await apply(somebody({ name }));
    const createdAt = new Date(now.getTime() + minute * 60_000);
    await db.update(applications).set({ createdAt }).where(eq(applications.id, id));
    ids.push(id);
  }
  const pageOf = (leaf: Leaf) =>
    listApplications(db, {
      ...{ eventId: event.eventId, text: 'leaf', state: 'submitted', typeId: null },
      ...{ delegationId: null, leaf, pageSize: 2 },
    });
  const first = await pageOf('first');
  expect(first).toMatchObject({
    ...{ rows: [{ name: 'Leaf A' }, { name: 'Leaf B' }], hasBefore: false, hasAfter: true },
    total: { count: 5, hasMore: false },
  });
  for (const id of ids.slice(0, 2)) await decide(id, 'reject', 'No.');
  const after = { after: first.rows.at(-1)?.publicId ?? '' };
  const second = await pageOf(after);
  expect(second.rows).toMatchObject([{ name: 'Leaf C' }, { name: 'Leaf D' }]);
  expect((await pageOf('last')).rows).toMatchObject([{ name: 'Leaf D' }, { name: 'Leaf E' }]);
  const before = { before: second.rows[1]?.publicId ?? '' };
  expect(await pageOf(before)).toMatchObject({
    ...{ rows: [{ name: 'Leaf C' }], hasBefore: false, hasAfter: true },
  });
});
