import { grantCredential, schema, type Db } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { type Desk } from '@catraca/db/testing/desk';
import { testSigningKey } from '@catraca/db/testing/shop';
import { assert } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { refuse } from '../errors.ts';
import type { createCaller } from '../router.ts';

type Api = ReturnType<typeof createCaller>;
type Ask = (event: Desk, thing: Desk) => Promise<unknown>;

/** What an organizer's desk has beside what `makeDesk` makes: one of everything that is set up or accredited. */
interface SetUp {
  credentialTypeId: string;
  credentialPublicId: string;
  delegationId: string;
  applicationPublicId: string;
  photoId: string;
  voucherId: string;
  poolId: string;
  designId: string;
  personId: string;
}

const badge = { width: 86, height: 124, elements: [] };
const png = { width: 700, height: 700, channels: 3, background: '#345' } as const;

async function setUp(db: Db, desk: Desk): Promise<SetUp> {
  const { eventId, passId } = desk;
  const now = new Date();
  const type = await makeType(db, eventId, { kind: 'credential', units: 0 });
  const key = await testSigningKey(db, now);
  const holder = { name: 'Kim', email: null };
  const granted = await grantCredential(db, { typeId: type.id, holder, personKey: null }, key, now);
  assert(granted.ok, 'a credential was granted');
  const [credential] = await db
    .select()
    .from(schema.passes)
    .where(eq(schema.passes.id, granted.passId));
  const [ticket] = await db.select().from(schema.passes).where(eq(schema.passes.id, passId));
  const [delegation] = await db
    .insert(schema.delegations)
    .values({ eventId, name: 'Stand 1', locale: 'en', linkHash: Buffer.from(`link ${eventId}`) })
    .returning();
  const [photo] = await db
    .insert(schema.photos)
    .values({ eventId, picture: new Uint8Array([1]), width: 1, height: 1, consentAt: now })
    .returning();
  const [application] = await db
    .insert(schema.applications)
    .values({
      ...{ eventId, typeId: type.id, name: 'Lou', answers: {}, searchIndex: [], locale: 'en' },
    })
    .returning();
  const [voucher] = await db
    .insert(schema.vouchers)
    .values({ eventId, code: 'WELCOME', kind: 'percent', value: 10 })
    .returning();
  const [pool] = await db
    .insert(schema.stockPools)
    .values({ eventId, name: 'Room', site: 1, quantity: 500 })
    .returning();
  const [design] = await db
    .insert(schema.badgeDesigns)
    .values({ eventId, name: 'Badge', design: badge })
    .returning();
  return {
    credentialTypeId: String(type.id),
    credentialPublicId: credential?.publicId ?? '',
    delegationId: String(delegation?.id),
    applicationPublicId: application?.publicId ?? '',
    photoId: String(photo?.id),
    voucherId: String(voucher?.id),
    poolId: String(pool?.id),
    designId: String(design?.id),
    personId: String(ticket?.holderId),
  };
}

/** Asks of the procedures by which events are set up and people accredited, for the walks of `tenants.pg.test.ts`. */
export async function setUpAsks(db: Db, api: Api, desks: readonly Desk[]) {
  const things = new Map<Desk, SetUp>();
  for (const desk of desks) things.set(desk, await setUp(db, desk));
  const of = (desk: Desk): SetUp => {
    const found = things.get(desk);
    assert(found !== undefined, 'each desk was set up');
    return found;
  };
  const versionOf = async (desk: Desk): Promise<number> => {
    const [event] = await db.select().from(schema.events).where(eq(schema.events.id, desk.eventId));
    return event?.version ?? 0;
  };
  const picture = new Uint8Array(await sharp({ create: png }).png().toBuffer());
  return {
    ...accreditation(api, of, picture),
    ...types(api, of),
    ...events(api, versionOf, picture),
  };
}

function accreditation(api: Api, of: (desk: Desk) => SetUp, picture: Uint8Array<ArrayBuffer>) {
  const draft = {
    ...{ isPublic: true, asksPhoto: false, asksDocument: false, asksBirthDate: false },
    ...{ questions: [], opensAt: null, closesAt: null },
  };
  const delegation = (name: string) => ({
    ...{ name, contactName: '', contactEmail: '' as const, locale: 'en' as const },
    ...{ state: 'open' as const, quotas: [] },
  });
  return {
    'accreditation.forms': ({ eventSlug }) => api.accreditation.forms({ eventSlug }),
    'accreditation.saveForm': ({ eventSlug }, thing) =>
      api.accreditation.saveForm({
        ...{ eventSlug, typeId: of(thing).credentialTypeId, version: 0, draft },
      }),
    'accreditation.search': ({ eventSlug }) => api.accreditation.search({ eventSlug }),
    'accreditation.find': ({ eventSlug }, thing) =>
      api.accreditation.find({ eventSlug, publicId: of(thing).applicationPublicId }),
    'accreditation.photo': ({ eventSlug }, thing) =>
      api.accreditation.photo({ eventSlug, photoId: of(thing).photoId }),
    'accreditation.decide': async ({ eventSlug }, thing) => {
      const publicIds = [of(thing).applicationPublicId];
      const request = { eventSlug, publicIds, act: 'reject' as const, message: 'No' };
      const [result] = await api.accreditation.decide(request);
      // It answers for each application by itself.
      if (result?.ok === false) refuse('not_found');
    },
    'delegation.list': ({ eventSlug }) => api.delegation.list({ eventSlug }),
    'delegation.create': ({ eventSlug }) =>
      api.delegation.create({ eventSlug, draft: delegation('Stand 2') }),
    'delegation.update': ({ eventSlug }, thing) =>
      api.delegation.update({
        ...{ eventSlug, id: of(thing).delegationId, version: 1, draft: delegation('Stand 3') },
      }),
    'delegation.renewLink': ({ eventSlug }, thing) =>
      api.delegation.renewLink({ eventSlug, id: of(thing).delegationId }),
    'badge.designs': ({ eventSlug }) => api.badge.designs({ eventSlug }),
    'badge.save': ({ eventSlug }, thing) =>
      api.badge.save({
        ...{ eventSlug, id: of(thing).designId, version: 1 },
        draft: { name: 'Wide', typeIds: [], design: badge },
      }),
    'badge.sample': ({ eventSlug }) =>
      api.badge.sample({ eventSlug, typeId: null, locale: 'en', skip: 0 }),
    'badge.print': ({ eventSlug }, thing) =>
      api.badge.print({
        ...{ eventSlug, locale: 'en', what: { passPublicId: of(thing).credentialPublicId } },
      }),
    'pickup.search': ({ eventSlug }) => api.pickup.search({ eventSlug, text: 'Kim' }),
    'pickup.find': ({ eventSlug }, thing) =>
      api.pickup.find({ eventSlug, passPublicId: of(thing).credentialPublicId }),
    'pickup.handOver': ({ eventSlug }, thing) =>
      api.pickup.handOver({ eventSlug, passPublicId: of(thing).credentialPublicId }),
    'pickup.setPhoto': ({ eventSlug }, thing) =>
      api.pickup.setPhoto({
        ...{ eventSlug, passPublicId: of(thing).credentialPublicId },
        photo: { picture, consent: true },
      }),
  } satisfies Record<string, Ask>;
}

function types(api: Api, of: (desk: Desk) => SetUp) {
  const values = {
    ...{ name: { en: 'Two days' }, description: { en: '' }, colour: '#112233' },
    ...{ policy: { kind: 'once' as const }, priceMinor: 5_000, feeMinor: 0, taxBasisPoints: 0 },
    ...{ passesPerUnit: 1, unitsPerOrderMax: 10, saleStartsAt: null, saleEndsAt: null },
    ...{ hidden: false, channels: ['web' as const], openings: [] },
  };
  const voucher = {
    ...{ code: 'WELCOME', kind: 'percent' as const, value: 20, typeIds: null, unitsMax: null },
    ...{ startsAt: null, endsAt: null, note: '', state: 'active' as const },
  };
  return {
    'passType.list': ({ eventSlug }) => api.passType.list({ eventSlug, kind: 'ticket' }),
    'passType.save': ({ eventSlug }, thing) =>
      api.passType.save({
        ...{
          eventSlug,
          typeId: of(thing).credentialTypeId,
          version: 1,
          kind: 'credential',
          values,
        },
        ...{ quantity: null, confirmed: true },
      }),
    'passType.order': async ({ eventSlug }) => {
      const { types: all } = await api.passType.list({ eventSlug, kind: 'credential' });
      await api.passType.order({ eventSlug, kind: 'credential', typeIds: all.map(({ id }) => id) });
    },
    'passType.archive': ({ eventSlug }, thing) =>
      api.passType.archive({
        ...{ eventSlug, typeId: of(thing).credentialTypeId, version: 2, archived: true },
      }),
    'passType.savePool': ({ eventSlug }, thing) =>
      api.passType.savePool({
        ...{ eventSlug, poolId: of(thing).poolId, version: 1, name: 'Hall', quantity: 600 },
        typeIds: [],
      }),
    'passType.removePool': ({ eventSlug }, thing) =>
      api.passType.removePool({ eventSlug, poolId: of(thing).poolId, version: 2 }),
    'voucher.list': ({ eventSlug }) => api.voucher.list({ eventSlug }),
    'voucher.save': ({ eventSlug }, thing) =>
      api.voucher.save({ eventSlug, voucherId: of(thing).voucherId, version: 1, values: voucher }),
  } satisfies Record<string, Ask>;
}

function events(
  api: Api,
  versionOf: (desk: Desk) => Promise<number>,
  picture: Uint8Array<ArrayBuffer>,
) {
  return {
    'event.setUp': ({ eventSlug }) => api.event.setUp({ eventSlug }),
    'event.preview': ({ eventSlug }) => api.event.preview({ eventSlug }),
    'event.update': async (event) =>
      api.event.update({
        ...{ eventSlug: event.eventSlug, version: await versionOf(event) },
        parts: { venueAddress: 'Elsewhere' },
      }),
    'event.setDays': async (event) => {
      const { eventSlug } = event;
      const days = [{ no: 1, name: null, date: '2031-05-01', opensAt: '09:00', closesAt: '18:00' }];
      return api.event.setDays({
        ...{ eventSlug, version: await versionOf(event), timeZone: 'UTC', sessions: days },
        confirmed: true,
      });
    },
    'event.setPoster': async (event) =>
      api.event.setPoster({
        ...{ eventSlug: event.eventSlug, version: await versionOf(event), picture },
      }),
    'event.addPlace': ({ eventSlug }) =>
      api.event.addPlace({ eventSlug, name: 'Yard', capacity: null, entrance: 'Yard gate' }),
    'event.copy': ({ eventSlug }) =>
      api.event.copy({ eventSlug, slug: 'next-year', name: 'Next year', firstDate: '2032-05-01' }),
    'person.setRetention': async (event) =>
      api.person.setRetention({
        ...{ eventSlug: event.eventSlug, version: await versionOf(event), days: 30 },
      }),
  } satisfies Record<string, Ask>;
}
