import { initSite, schema, shareEvent, type MemberRole } from '@catraca/db';
import { makeType } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { access } from './roles.ts';
import { appRouter, createCaller } from './router.ts';
import { setUpAsks } from './testing/set-up-asks.ts';
import { testContext, testMember } from './testing/test-context.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const [ours, theirs] = [
  await makeDesk(db, { name: 'Ours' }),
  await makeDesk(db, { name: 'Theirs' }),
];
const [owner] = await makeDeskStaff(db, ours);
// A venue of ours, which has our event and theirs has not.
await db.insert(schema.sites).values({ number: 2, name: 'Hall', kind: 'venue' });
await db.insert(schema.siteLinks).values({
  ...{ site: 2, organizationId: ours.organizationId, keyHash: new Uint8Array(32) },
  keyExpiresAt: new Date(Date.now() + 86_400_000),
});
const shared = await shareEvent(db, ours.eventId, 2, new Date());
// A conflict of each.
const conflictOf = new Map<Desk, bigint>();
for (const desk of [ours, theirs]) {
  const { eventId, passId } = desk;
  const [conflict] = await db
    .insert(schema.conflicts)
    .values({ eventId, passId, kind: 'admitted_after_refund', scanId: randomUUID() })
    .returning();
  if (conflict) conflictOf.set(desk, conflict.id);
}
// A dearer type of each, and a holder who was asked to confirm.
const dearerOf = new Map<Desk, bigint>();
for (const desk of [ours, theirs]) {
  const { eventId, passId } = desk;
  dearerOf.set(desk, (await makeType(db, eventId, { priceMinor: 9_000 })).id);
  await db.insert(schema.confirmations).values({ eventId, passId, askedAt: new Date() });
}
// A job of each.
const jobOf = new Map<Desk, bigint>();
for (const desk of [ours, theirs]) {
  const [job] = await db
    .insert(schema.jobs)
    .values({ eventId: desk.eventId, kind: 'ask_holders', total: 1 })
    .returning();
  if (job) jobOf.set(desk, job.id);
}
const api = createCaller(
  await testContext(db, testMember('owner', ours.organizationId, owner?.userId)),
);

type Desk = typeof ours;
type Ask = (event: Desk, thing: Desk) => Promise<unknown>;

const planArea = { no: 1, name: 'Hall', capacity: 100, polygon: [] };
const planGate = {
  ...({
    no: 1,
    name: 'Gate',
    fromNo: 0,
    toNo: 1,
    directions: 'both',
    open: true,
    x: 1,
    y: 1,
  } as const),
};
const emptyHall = { format: 1 as const, width: 800, height: 600, categories: [], items: [] };
const planFile = new TextEncoder().encode(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"/>',
);

const guestFile = Buffer.from('name,type\nAda,1\n').toString('base64');

/**
 * Every procedure of members that is about an event, asked about the event of one organization and a thing of one:
 * `thing` is what it names below the event, if it names any.
 */
const asks = {
  'audit.ofEvent': ({ eventSlug }) => api.audit.ofEvent({ eventSlug }),
  'checkpoint.list': ({ eventSlug }) => api.checkpoint.list({ eventSlug }),
  'checkpoint.update': ({ eventSlug }, { checkpointId }) =>
    api.checkpoint.update({ eventSlug, checkpointId: String(checkpointId), open: false }),
  'device.list': ({ eventSlug }) => api.device.list({ eventSlug }),
  'device.createPairingCode': ({ eventSlug }, { checkpointId }) =>
    api.device.createPairingCode({
      ...{ eventSlug, deviceName: 'Phone', checkpointIds: [String(checkpointId)] },
    }),
  'device.enrolSelf': ({ eventSlug }) => api.device.enrolSelf({ eventSlug, deviceName: 'Phone' }),
  'device.revoke': ({ eventSlug }, { deviceId }) =>
    api.device.revoke({ eventSlug, deviceId: String(deviceId) }),
  'event.setStatus': ({ eventSlug }) => api.event.setStatus({ eventSlug, status: 'closed' }),
  'job.list': ({ eventSlug }) => api.job.list({ eventSlug, kinds: ['ask_holders'] }),
  'job.get': ({ eventSlug }, thing) => api.job.get({ eventSlug, jobId: String(jobOf.get(thing)) }),
  'job.stop': ({ eventSlug }, thing) =>
    api.job.stop({ eventSlug, jobId: String(jobOf.get(thing)) }),
  'job.resume': ({ eventSlug }, thing) =>
    api.job.resume({ eventSlug, jobId: String(jobOf.get(thing)) }),
  'live.plan': ({ eventSlug }) => api.live.plan({ eventSlug }),
  'live.ticket': ({ eventSlug }) => api.live.ticket({ eventSlug }),
  'order.search': ({ eventSlug }) => api.order.search({ eventSlug }),
  'order.find': ({ eventSlug }, { orderReference: reference }) =>
    api.order.find({ eventSlug, reference }),
  'order.resendMail': ({ eventSlug }, { orderReference: reference }) =>
    api.order.resendMail({ eventSlug, reference }),
  'overview.get': ({ eventSlug }) => api.overview.get({ eventSlug }),
  'pass.search': ({ eventSlug }) => api.pass.search({ eventSlug }),
  'pass.find': ({ eventSlug }, { passPublicId }) => api.pass.find({ eventSlug, passPublicId }),
  'confirmation.get': ({ eventSlug }) => api.confirmation.get({ eventSlug }),
  'confirmation.save': ({ eventSlug }) =>
    api.confirmation.save({
      ...{
        eventSlug,
        opensAt: new Date(0),
        closesAt: new Date(Date.now() + 86_400_000),
        version: null,
      },
      ...{ message: { en: 'Come' }, questions: [] },
    }),
  'confirmation.list': ({ eventSlug }) => api.confirmation.list({ eventSlug }),
  'confirmation.ask': ({ eventSlug }) =>
    api.confirmation.ask({ eventSlug, kind: 'remind_holders' }),
  'pass.rename': ({ eventSlug }, { passPublicId }) =>
    api.pass.rename({ eventSlug, passPublicId, name: 'Taken', reason: 'spelling' }),
  'pass.transfer': ({ eventSlug }, { passPublicId }) =>
    api.pass.transfer({
      ...{ eventSlug, passPublicId, name: 'Taken', email: 'taken@example.com', reason: 'given' },
    }),
  'pass.resend': ({ eventSlug }, { passPublicId }) => api.pass.resend({ eventSlug, passPublicId }),
  'pass.exchangeOffer': ({ eventSlug }, { passPublicId }) =>
    api.pass.exchangeOffer({ eventSlug, passPublicId }),
  'pass.freeSeats': ({ eventSlug }, { passPublicId, typeId }) =>
    api.pass.freeSeats({ eventSlug, passPublicId, typeId: String(typeId) }),
  'pass.exchange': ({ eventSlug }, thing) =>
    api.pass.exchange({
      ...{
        eventSlug,
        passPublicId: thing.passPublicId,
        toTypeId: String(dearerOf.get(thing)),
        toSeatId: null,
      },
      ...{ waived: false, reason: 'swapped' },
    }),
  'pass.withdrawExchange': ({ eventSlug }, { passPublicId }) =>
    api.pass.withdrawExchange({ eventSlug, passPublicId }),
  'pass.filterChoices': ({ eventSlug }) => api.pass.filterChoices({ eventSlug }),
  'pass.export': ({ eventSlug }) => api.pass.export({ eventSlug }),
  'pass.previewImport': ({ eventSlug }) => api.pass.previewImport({ eventSlug, file: guestFile }),
  'pass.import': ({ eventSlug }) =>
    api.pass.import({ eventSlug, file: guestFile, skipBad: true, locale: 'en' }),
  'order.export': ({ eventSlug }) => api.order.export({ eventSlug }),
  'order.refund': ({ eventSlug }, { orderReference: reference }) =>
    api.order.refund({
      ...{ eventSlug, reference, reason: 'asked for' },
      part: { what: 'amount', amountMinor: 1 },
    }),
  'event.previewRefund': ({ eventSlug }) => api.event.previewRefund({ eventSlug }),
  'event.refund': ({ eventSlug }) => api.event.refund({ eventSlug }),
  'pass.reissue': ({ eventSlug }, { passPublicId }) =>
    api.pass.reissue({ eventSlug, passPublicId, reason: 'lost' }),
  'pass.revoke': ({ eventSlug }, { passPublicId }) =>
    api.pass.revoke({ eventSlug, passPublicId, reason: 'stolen' }),
  'conflict.list': ({ eventSlug }) => api.conflict.list({ eventSlug }),
  'conflict.unseen': ({ eventSlug }) => api.conflict.unseen({ eventSlug }),
  'conflict.markSeen': ({ eventSlug }, thing) =>
    api.conflict.markSeen({ eventSlug, conflictId: String(conflictOf.get(thing)) }),
  'seatMap.get': ({ eventSlug }) => api.seatMap.get({ eventSlug }),
  'seatMap.readFile': ({ eventSlug }) => api.seatMap.readFile({ eventSlug, document: emptyHall }),
  'seatMap.save': ({ eventSlug }) =>
    api.seatMap.save({ eventSlug, version: 0, document: emptyHall, noSingleSeats: true }),
  'site.allotments': ({ eventSlug }) => api.site.allotments({ eventSlug }),
  'site.authority': ({ eventSlug }) => api.site.authority({ eventSlug }),
  'site.share': ({ eventSlug }) => api.site.share({ eventSlug, site: 2 }),
  'site.setShare': ({ eventSlug }, { typeId }) =>
    api.site.setShare({ eventSlug, typeId: String(typeId), share: { mode: 'automatic' } }),
  'site.giveUnits': ({ eventSlug }, { typeId }) =>
    api.site.giveUnits({ eventSlug, typeId: String(typeId), units: 1, keep: false }),
  'site.handOver': ({ eventSlug }) => api.site.handOver({ eventSlug }),
  'site.takeOver': ({ eventSlug }) => api.site.takeOver({ eventSlug }),
  'venuePlan.get': ({ eventSlug }) => api.venuePlan.get({ eventSlug }),
  'venuePlan.readFile': ({ eventSlug }) => api.venuePlan.readFile({ eventSlug, file: planFile }),
  'venuePlan.save': ({ eventSlug }) =>
    api.venuePlan.save({ eventSlug, version: 0, areas: [planArea], checkpoints: [planGate] }),
  'waitingRoom.find': ({ eventSlug }) => api.waitingRoom.find({ eventSlug }),
  'waitingRoom.set': ({ eventSlug }) =>
    api.waitingRoom.set({
      ...{ eventSlug, opensAt: new Date(), perMinuteMax: 60, shoppersMax: 10, turnSeconds: 600 },
    }),
  'waitingRoom.close': ({ eventSlug }) => api.waitingRoom.close({ eventSlug }),
  ...(await setUpAsks(db, api, [ours, theirs])),
} satisfies Record<string, Ask>;

/** Of members, and about no event in particular. */
const aboutNoEvent = [
  ...['audit.search', 'member.list', 'member.places', 'member.invite', 'member.resendInvitation'],
  ...['member.revokeInvitation', 'member.setRole', 'member.setLimits', 'member.suspend'],
  ...['member.remove', 'member.resetFactors', 'member.setSecondFactorRoles'],
  ...['device.eventChoices', 'event.own', 'event.create', 'event.checkSlug'],
  ...['person.search', 'person.export', 'person.erase', 'person.retention'],
  ...['site.me', 'site.list', 'site.sharing', 'site.createCode', 'site.revoke'],
];

/** What of them changes something, done as an owner: each must be in the audit log. */
const organizationActs: Record<string, () => Promise<unknown>> = {
  'event.create': () =>
    api.event.create({
      ...{ name: 'New', slug: 'a-new-one', venueName: 'Hall', venueAddress: '', timeZone: 'UTC' },
      ...{ currency: 'EUR', languages: ['en'] },
      sessions: [{ name: null, date: '2031-05-01', opensAt: '09:00', closesAt: '18:00' }],
    }),
  'person.export': async () => api.person.export({ personId: await personId() }),
  'person.erase': async () => api.person.erase({ personId: await personId(), endsPasses: true }),
  'site.createCode': () => api.site.createCode({ siteName: 'Yard' }),
  'site.revoke': () => api.site.revoke({ site: 2 }),
  'member.invite': () => api.member.invite({ email: 'New@example.com', role: 'gate' }),
  'member.resendInvitation': async () =>
    api.member.resendInvitation({ invitationId: await invitationId() }),
  'member.revokeInvitation': async () =>
    api.member.revokeInvitation({ invitationId: await invitationId() }),
  'member.setRole': async () =>
    api.member.setRole({ memberId: await memberId('gate'), role: 'control' }),
  'member.setLimits': async () =>
    api.member.setLimits({
      memberId: await memberId('viewer'),
      limits: [{ eventId: String(ours.eventId), checkpointIds: [String(ours.checkpointId)] }],
    }),
  'member.suspend': async () =>
    api.member.suspend({ memberId: await memberId('viewer'), suspended: true }),
  'member.resetFactors': async () =>
    api.member.resetFactors({ memberId: await memberId('viewer') }),
  'member.remove': async () => api.member.remove({ memberId: await memberId('viewer') }),
  'member.setSecondFactorRoles': () =>
    api.member.setSecondFactorRoles({ roles: ['owner'], version: 0 }),
};

async function personId(): Promise<string> {
  const [person] = await db
    .select()
    .from(schema.persons)
    .where(eq(schema.persons.eventId, ours.eventId));
  return String(person?.id);
}

async function invitationId(): Promise<string> {
  const [waiting] = (await api.member.list()).invitations;
  return waiting?.id ?? '';
}

async function memberId(role: MemberRole): Promise<string> {
  const { members } = await api.member.list();
  return members.find((member) => member.role === role)?.memberId ?? '';
}

/** Mutations for what they are asked about, which belongs in no address: they change nothing. */
const reading = new Set([
  ...['order.search', 'pass.search', 'pass.previewImport', 'accreditation.search'],
  ...['person.search', 'pickup.search'],
  ...['seatMap.readFile', 'venuePlan.readFile'],
]);

function changesSomething(path: string): boolean {
  // By their paths, as `roles.pg.test.ts` says.
  const procedures = new Map<string, { _def: { type: string } }>(
    Object.entries(appRouter._def.procedures as object),
  );
  return procedures.get(path)?._def.type === 'mutation' && !reading.has(path);
}

/** What the audit log has gained while this was done. */
async function auditOf(act: () => Promise<unknown>): Promise<string[]> {
  const before = await db.$count(schema.auditLog);
  await act();
  const rows = await db.select().from(schema.auditLog).orderBy(schema.auditLog.id).offset(before);
  return rows.map(({ action, actorId }) => `${action} by ${actorId}`);
}

const paths = Object.keys(asks) as (keyof typeof asks)[];
const namesAThing = paths.filter((path) => asks[path].length > 1);

async function answerTo(path: keyof typeof asks, event: Desk, thing: Desk): Promise<string> {
  const ask: Ask = asks[path];
  try {
    await ask(event, thing);
    return 'answered';
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return error.message;
  }
}

test('every procedure of members is asked here, or is about no event', () => {
  const ofMembers = Object.entries(access).flatMap(([path, to]) => (to === 'public' ? [] : [path]));
  expect([...paths, ...aboutNoEvent].toSorted()).toEqual(ofMembers.toSorted());
});

test.each(paths)('%s: an event of another organization is not there', async (path) => {
  expect(await answerTo(path, theirs, theirs)).toBe('not_found');
});

test.each(namesAThing)('%s: nor is a thing of another event', async (path) => {
  expect(await answerTo(path, ours, theirs)).toBe('not_found');
});

test('events of another organization are not listed', async () => {
  expect((await api.event.own()).map(({ slug }) => slug)).toEqual([ours.eventSlug]);
  expect((await api.device.eventChoices()).map(({ slug }) => slug)).toEqual([ours.eventSlug]);
});

test('sites and what is shared with them are those of the organization', async () => {
  expect(shared).toEqual({ ok: true });
  expect((await api.site.list()).sites.map(({ name }) => name)).toEqual(['Hall']);
  expect((await api.site.sharing()).map(({ slug }) => slug)).toEqual([ours.eventSlug]);
  const other = createCaller(await testContext(db, testMember('owner', theirs.organizationId)));
  expect((await other.site.list()).sites).toEqual([]);
  await expect(other.site.revoke({ site: 2 })).rejects.toThrow('not_found');
  await expect(other.site.share({ eventSlug: theirs.eventSlug, site: 2 })).rejects.toThrow(
    'not_found',
  );
});

test('an order is not found by the name of a buyer of another event', async () => {
  expect(await api.order.search({ eventSlug: ours.eventSlug, text: 'bia' })).toMatchObject({
    total: { count: 1, hasMore: false },
    rows: [{ reference: ours.orderReference }],
  });
});

// Last, since they change what the others ask about: the refusals above are because of whose it is.
test.each(paths)('%s: our own is there', async (path) => {
  await db.update(schema.mailOutbox).set({ state: 'sent' });
  const told = await auditOf(async () => expect(await answerTo(path, ours, ours)).toBe('answered'));
  // What is done to a thing of an event is in the audit log, under the name of the procedure or of what it does.
  if (changesSomething(path)) expect(told, path).not.toEqual([]);
  else expect(told, path).toEqual([]);
  for (const row of told) expect(row).toContain(` by ${owner?.userId}`);
});

test('what changes something of the organization is done here', () => {
  expect(aboutNoEvent.filter(changesSomething).toSorted()).toEqual(
    Object.keys(organizationActs).toSorted(),
  );
});

test.each(Object.entries(organizationActs))('%s is in the audit log', async (_, act) => {
  expect(await auditOf(act)).not.toEqual([]);
});
