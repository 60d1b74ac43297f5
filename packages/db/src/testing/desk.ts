import { randomUUID } from 'node:crypto';
import { assert } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { enrolDevice, settlePayment } from '../commands/index.ts';
import { makeStaff } from '../seed/demo/staff.ts';
import {
  makeAreas,
  makeCheckpoints,
  makeEvent,
  makeOrganization,
  makeType,
} from '../seed/index.ts';
import { passes } from '../schema/index.ts';
import { pendingOrder, testSigningKey } from './shop.ts';

/** An organization with one of everything that its members look at. */
export interface Desk {
  organizationId: string;
  eventId: bigint;
  eventSlug: string;
  typeId: bigint;
  checkpointId: bigint;
  deviceId: bigint;
  /** Not for logs. */
  deviceToken: string;
  /** Paid, by Bia Buyer. */
  orderReference: string;
  orderPublicId: string;
  /** The order's only pass. */
  passId: bigint;
  passPublicId: string;
}

export interface DeskOptions {
  name?: string;
  now?: Date;
}

/** An event on sale with a hall, a gate that leads in, a scanner and one ticket sold. */
export async function makeDesk(db: Db, options: DeskOptions = {}): Promise<Desk> {
  const { name = 'Desk', now = new Date() } = options;
  const organizationId = await makeOrganization(db, { name });
  const event = await makeEvent(db, { organizationId, name: `${name} event` }, now);
  const [hall] = await makeAreas(db, event.id, [{ no: 1, name: 'Hall', capacity: 100 }]);
  assert(hall !== undefined, 'a hall was made');
  const join = { fromAreaId: event.outsideAreaId, toAreaId: hall, directions: 'both' as const };
  const [checkpointId] = await makeCheckpoints(db, event.id, [
    { ...join, no: 1, name: 'Main gate', x: 10, y: 10 },
  ]);
  assert(checkpointId !== undefined, 'a gate was made');
  const opens = event.days.map(({ startsAt, endsAt }) => ({
    areaId: hall,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }));
  const type = await makeType(db, event.id, { opens, priceMinor: 5000, name: { en: 'One day' } });
  return {
    organizationId,
    eventId: event.id,
    eventSlug: event.slug,
    typeId: type.id,
    checkpointId,
    ...(await makeDevice(db, event.id, now)),
    ...(await makeSale(db, { event, typeId: type.id, now })),
  };
}

/** A member of each role in the organization: one of a database has them, since e-mails are unique. */
export function makeDeskStaff(db: Db, desk: Pick<Desk, 'organizationId'>) {
  return makeStaff(db, desk.organizationId);
}

async function makeDevice(db: Db, eventId: bigint, now: Date) {
  const expiresAt = new Date(now.getTime() + 86_400_000);
  const request = { eventId, name: 'Gate phone', kind: 'scanner' as const, checkpointIds: null };
  const enrolled = await enrolDevice(db, { ...request, expiresAt }, now);
  assert(enrolled.ok, 'a device was enrolled');
  return { deviceId: enrolled.device.id, deviceToken: enrolled.token };
}

interface Sale {
  event: { id: bigint; currency: string };
  typeId: bigint;
  now: Date;
}

async function makeSale(db: Db, { event, typeId, now }: Sale) {
  const key = await testSigningKey(db, now);
  const providerRef = randomUUID();
  const request = { eventId: event.id, lines: [{ typeId, quantity: 1 }] };
  const order = await pendingOrder(db, request, providerRef, now);
  const money = { amountMinor: order.totalMinor, currency: event.currency };
  const payment = { provider: 'test' as const, providerRef };
  const settled = await settlePayment(db, { ...payment, ...money }, key, now);
  assert(settled.ok && settled.outcome === 'paid', 'the order was paid');
  const [pass] = await db.select().from(passes).where(eq(passes.eventId, event.id));
  assert(pass, 'a pass was issued');
  return {
    orderReference: order.reference,
    orderPublicId: order.publicId,
    passId: pass.id,
    passPublicId: pass.publicId,
  };
}
