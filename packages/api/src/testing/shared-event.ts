import { settlePayment, type Db } from '@catraca/db';
import { gateScan, type TestDevice } from '@catraca/db/gate/testing';
import { type GateDb, type GateScan, judgeScans, loadVenue, openGateDb } from '@catraca/db/gate';
import { makeDesk, makeDeskStaff, type Desk } from '@catraca/db/testing/desk';
import { pendingOrder, testSigningKey } from '@catraca/db/testing/shop';
import { claimsOfMedium, schema } from '@catraca/db';
import {
  type CheckpointId,
  type DeviceId,
  type EventId,
  toId,
  type Verdict,
} from '@catraca/domain';
import { and, asc, eq, sql } from 'drizzle-orm';
import { initSite } from '@catraca/db';

const { media, passes, passTypes } = schema;

/** The cloud's side of a test: a site with an event that is on sale, and its staff. */
export async function makeCloud(db: Db, now: Date): Promise<Desk & { userId: string }> {
  await initSite(db, { number: 1, name: 'Cloud', kind: 'cloud' });
  const desk = await makeDesk(db, { now });
  const [owner] = await makeDeskStaff(db, desk);
  if (!owner) throw new Error('no staff was made');
  return { ...desk, userId: owner.userId };
}

let sales = 0;

/** Sells units of a type at a site, as a buyer does. @returns the order's id, and its passes'. */
export async function sell(
  db: Db,
  desk: Pick<Desk, 'eventId' | 'typeId'>,
  units = 1,
  now = new Date(),
) {
  const { eventId, typeId } = desk;
  const providerRef = `sale-${++sales}`;
  const request = { eventId, lines: [{ typeId, quantity: units }] };
  const order = await pendingOrder(db, request, providerRef, now);
  const money = { amountMinor: order.totalMinor, currency: order.currency };
  const key = await testSigningKey(db, now);
  const settled = await settlePayment(db, { provider: 'test', providerRef, ...money }, key, now);
  if (!settled.ok || settled.outcome !== 'paid') throw new Error('not paid');
  const rows = await db.execute<{ order_id: string; id: string }>(sql`
    select o.id as order_id, p.id from orders o join order_lines l on l.order_id = o.id join passes p on p.order_line_id = l.id
    where o.public_id = ${order.publicId} order by p.id`);
  const orderId = BigInt(rows[0]?.order_id ?? 0);
  return { orderId, passIds: rows.map(({ id }) => BigInt(id)) };
}

/** What the holder of a pass shows: the token of its living QR code. */
export async function codeOf(db: Db, passId: bigint): Promise<string> {
  const [row] = await db
    .select({ medium: media, eventId: passes.eventId, typeNo: passTypes.no })
    .from(media)
    .innerJoin(passes, eq(passes.id, media.passId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .where(and(eq(media.passId, passId), eq(media.kind, 'qr'), eq(media.state, 'active')))
    .orderBy(asc(media.no))
    .limit(1);
  if (!row) throw new Error('the pass has no living code');
  return claimsOfMedium(row, row.medium).token;
}

/** A gate of a site, which judges as realtime does. */
export class TestGate {
  readonly #db: Db;
  readonly #lane: GateDb;
  readonly #site: number;
  readonly #desk: Desk;

  constructor(db: Db, url: string, site: number, desk: Desk) {
    this.#db = db;
    this.#lane = openGateDb(url);
    this.#site = site;
    this.#desk = desk;
  }

  /** `sent`: of one that was sent before its id, of one that its device decided alone what it says. @returns the verdict, or that another site judges. */
  async scan(
    passId: bigint,
    direction: 'entry' | 'exit' = 'entry',
    sent: Partial<Pick<GateScan, 'scanId' | 'alone'>> = {},
  ): Promise<Verdict | 'judged_elsewhere'> {
    const { eventId, checkpointId, deviceId } = this.#desk;
    const venue = await loadVenue(this.#db, toId<EventId>(eventId));
    if (!venue?.judging.here) return 'judged_elsewhere';
    const device = { id: toId<DeviceId>(deviceId) } as TestDevice;
    const code = await codeOf(this.#db, passId);
    const fresh = gateScan(venue, device, code, toId<CheckpointId>(checkpointId), direction);
    const scan = { ...fresh, ...sent };
    const { judgements } = await judgeScans(this.#lane, this.#site, [scan]);
    const judgement = judgements.get(scan.scanId);
    if (judgement?.kind !== 'judged') throw new Error('not judged');
    return judgement.scan.verdict;
  }

  async close(): Promise<void> {
    await this.#lane.end();
  }
}
