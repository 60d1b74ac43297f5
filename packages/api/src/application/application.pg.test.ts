import { initSite, schema } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testMasterKey } from '@catraca/db/testing/shop';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { testContext, testMember } from '../testing/test-context.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
const staff = await makeDeskStaff(db, desk);
const eventSlug = desk.eventSlug;
const picture = new Uint8Array(
  await sharp({ create: { width: 600, height: 750, channels: 3, background: '#886655' } })
    .jpeg()
    .toBuffer(),
);
let typeId: string;
let typeNo: number;

async function desked() {
  const userId = staff.find(({ role }) => role === 'accreditation')?.userId;
  const context = await testContext(db, testMember('accreditation', desk.organizationId, userId));
  return createCaller({ ...context, masterKey: testMasterKey });
}

const visitor = async () => createCaller(await testContext(db, null));

beforeAll(async () => {
  const type = await makeType(db, desk.eventId, { kind: 'credential', name: { en: 'Exhibitor' } });
  [typeId, typeNo] = [String(type.id), type.no];
  const draft = {
    ...{ isPublic: false, asksPhoto: true, asksDocument: true, asksBirthDate: true },
    ...{ questions: [], opensAt: null, closesAt: null },
  };
  await (await desked()).accreditation.saveForm({ eventSlug, typeId, version: 0, draft });
});

const fields = {
  name: 'Ana Prado',
  email: '',
  document: 'AB 123456',
  birthDate: '1990-02-03',
  answers: {},
};

async function invite(quantity: number, contactEmail = 'booth@example.com') {
  const made = await (
    await desked()
  ).delegation.create({
    eventSlug,
    draft: {
      ...{ name: `Booth ${quantity} ${Math.random()}`, contactName: 'Bia', contactEmail },
      ...{ locale: 'en', state: 'open', quotas: [{ typeId, quantity }] },
    },
  });
  return { secret: made.link.split('/').at(-1) ?? '', id: made.id };
}

test('a delegation brings somebody, who is looked at and becomes a credential', async () => {
  const { secret } = await invite(2);
  const applicant = await visitor();
  const by = { secret, typeNo };
  const wrong = await applicant.application.submit({
    ...{ by, locale: 'en' as const, photo: { picture: Buffer.from('no picture'), consent: true } },
    fields: { ...fields, name: '', birthDate: '31/12/1990' },
  });
  expect(wrong).toEqual({
    ok: false,
    problems: { name: 'missing', birthDate: 'malformed', photo: 'not_a_picture' },
  });
  const right = { by, fields, locale: 'en' as const };
  expect(
    await applicant.application.submit({ ...right, photo: { picture, consent: false } }),
  ).toEqual({ ok: false, problems: { photo: 'no_consent' } });
  const sent = await applicant.application.submit({ ...right, photo: { picture, consent: true } });
  expect(sent.ok).toBe(true);

  const own = await applicant.application.delegation({ secret });
  expect(own).toMatchObject({
    forms: [{ typeNo, quantity: 2, used: 1 }],
    applications: [{ name: 'Ana Prado', state: 'submitted', typeNo }],
  });

  const reviewer = await desked();
  const { rows } = await reviewer.accreditation.search({ eventSlug, state: 'submitted' });
  const publicId = rows[0]?.publicId ?? '';
  const found = await reviewer.accreditation.find({ eventSlug, publicId });
  expect(found).toMatchObject({ name: 'Ana Prado', document: 'AB 123456', duplicates: [] });
  const photo = await reviewer.accreditation.photo({ eventSlug, photoId: found.photoId ?? '' });
  expect((await sharp(photo).metadata()).format).toBe('jpeg');
  const act = { eventSlug, publicIds: [publicId], act: 'approve' as const };
  expect(await reviewer.accreditation.decide(act)).toEqual([{ publicId, ok: true, again: false }]);
  expect(await reviewer.accreditation.decide(act)).toMatchObject([{ code: 'decided_already' }]);
  expect(await reviewer.accreditation.find({ eventSlug, publicId })).toMatchObject({
    ...{ state: 'approved', pass: { status: 'valid' }, decidedByName: 'Açucena Crachá' },
  });
});

test('what is asked again is mended by the link in the mail, and by no other', async () => {
  const { secret } = await invite(1);
  const applicant = await visitor();
  const request = {
    by: { secret, typeNo },
    fields: { ...fields, document: 'XY 99' },
    locale: 'es' as const,
  };
  const sent = await applicant.application.submit({
    ...request,
    photo: { picture, consent: true },
  });
  if (!sent.ok) throw new Error('it was refused');
  const [, publicId = '', key = ''] = /applications\/(.*)\?key=(.*)$/.exec(sent.link) ?? [];
  const reviewer = await desked();
  await reviewer.accreditation.decide({
    eventSlug,
    publicIds: [publicId],
    act: 'ask',
    message: 'Which document?',
  });
  await expect(applicant.application.view({ publicId, key: `${key}x` })).rejects.toThrow(
    'not_found',
  );
  const seen = await applicant.application.view({ publicId, key });
  expect(seen).toMatchObject({ state: 'asked', message: 'Which document?', hasPhoto: true });
  const mended = { publicId, key, fields: { ...seen.fields, document: 'XY 99 77' }, photo: null };
  await expect(
    applicant.application.mend({ ...mended, version: seen.version - 1 }),
  ).rejects.toThrow('edited_meanwhile');
  expect(await applicant.application.mend({ ...mended, version: seen.version })).toEqual({
    ok: true,
  });
  await applicant.application.withdraw({ publicId, key });
  expect((await applicant.application.delegation({ secret })).forms).toMatchObject([{ used: 0 }]);
});

test('X-8: nobody reads names, documents or faces out of the database', async () => {
  const kept = await db.$client.unsafe(
    `select row_to_json(a)::text as row from applications a
      union all select row_to_json(p)::text from photos p union all select row_to_json(d)::text from delegations d`,
  );
  const dump = kept.map(({ row }) => String(row)).join('\n');
  expect(kept.length).toBeGreaterThan(3);
  for (const secret of ['Ana Prado', 'AB 123456', '1990-02-03', 'booth@example.com']) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
  }
  const [photo] = await db.select().from(schema.photos);
  expect(dump).not.toContain(
    Buffer.from(photo?.picture ?? '')
      .toString('hex')
      .slice(0, 200),
  );
});

test('a network that applies all the time is slowed down', async () => {
  const { secret } = await invite(1);
  const context = await testContext(db, null);
  while (context.applying.take(context.buyer.networkKey, context.now));
  await expect(
    createCaller(context).application.submit({
      ...{ by: { secret, typeNo }, fields, locale: 'en', photo: null },
    }),
  ).rejects.toThrow('too_often');
});
