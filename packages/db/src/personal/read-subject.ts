import { asc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { idArray } from '../rows.ts';
import type { Subject } from './find-subjects.ts';
import {
  applications,
  checkpoints,
  confirmations,
  events,
  orders,
  passChanges,
  passes,
  passTypes,
  payments,
  persons,
  photos,
  refunds,
  scans,
} from '../schema/index.ts';

/** Everything that is held about a person, as they may ask for it: their own data, and what was recorded of them. */
export async function readSubject(db: DbOrTx, { personIds, applicationIds }: Subject) {
  const ids = idArray(personIds);
  const ofHolder = sql`${passes.holderId} = any(${ids})`;
  const ofBuyer = sql`${orders.buyerId} = any(${ids})`;
  return {
    people: await db
      .select({
        ...{ event: events.name, name: persons.name, email: persons.email },
        since: persons.createdAt,
      })
      .from(persons)
      .innerJoin(events, eq(events.id, persons.eventId))
      .where(sql`${persons.id} = any(${ids})`)
      .orderBy(asc(persons.id)),
    orders: await db
      .select({
        ...{ reference: orders.reference, event: events.name, state: orders.state },
        ...{ currency: orders.currency, totalMinor: orders.totalMinor, locale: orders.locale },
        ...{ orderedAt: orders.createdAt, paidAt: orders.paidAt },
      })
      .from(orders)
      .innerJoin(events, eq(events.id, orders.eventId))
      .where(ofBuyer)
      .orderBy(asc(orders.id)),
    payments: await db
      .select({
        ...{ order: orders.reference, provider: payments.provider, state: payments.state },
        ...{ amountMinor: payments.amountMinor, currency: payments.currency },
        at: payments.createdAt,
      })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(ofBuyer)
      .orderBy(asc(payments.id)),
    refunds: await db
      .select({
        ...{ order: orders.reference, amountMinor: refunds.amountMinor, state: refunds.state },
        ...{ reason: refunds.reason, at: refunds.createdAt },
      })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(ofBuyer)
      .orderBy(asc(refunds.id)),
    passes: await db
      .select({
        ...{ pass: passes.publicId, event: events.name, kind: passes.kind, status: passes.status },
        ...{ type: passTypes.name, holder: persons.name, issuedAt: passes.createdAt },
      })
      .from(passes)
      .innerJoin(events, eq(events.id, passes.eventId))
      .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
      .innerJoin(persons, eq(persons.id, passes.holderId))
      .where(ofHolder)
      .orderBy(asc(passes.id)),
    passChanges: await db
      .select({ pass: passes.publicId, kind: passChanges.kind, at: passChanges.createdAt })
      .from(passChanges)
      .innerJoin(passes, eq(passes.id, passChanges.passId))
      .where(ofHolder)
      .orderBy(asc(passChanges.id)),
    scans: await db
      .select({
        ...{ pass: passes.publicId, at: scans.at, checkpoint: checkpoints.name },
        ...{ direction: scans.direction, verdict: scans.verdict },
      })
      .from(scans)
      .innerJoin(passes, eq(passes.id, scans.passId))
      .leftJoin(checkpoints, eq(checkpoints.id, scans.checkpointId))
      .where(ofHolder)
      .orderBy(asc(scans.at)),
    ...(await readAccreditation(db, ids, idArray(applicationIds))),
  };
}

async function readAccreditation(
  db: DbOrTx,
  ids: ReturnType<typeof idArray>,
  applicationIds: ReturnType<typeof idArray>,
) {
  const rows = await db
    .select({
      ...{ event: events.name, type: passTypes.name, state: applications.state },
      ...{ name: applications.name, email: applications.email, document: applications.document },
      ...{ birthDate: applications.birthDate, answers: applications.answers },
      ...{ message: applications.message, at: applications.createdAt },
    })
    .from(applications)
    .innerJoin(events, eq(events.id, applications.eventId))
    .innerJoin(passTypes, eq(passTypes.id, applications.typeId))
    .where(sql`${applications.id} = any(${applicationIds})`)
    .orderBy(asc(applications.id));
  const answers = await db
    .select({
      ...{ pass: passes.publicId, askedAt: confirmations.askedAt },
      ...{ confirmedAt: confirmations.confirmedAt, answers: confirmations.answers },
    })
    .from(confirmations)
    .innerJoin(passes, eq(passes.id, confirmations.passId))
    .where(sql`${passes.holderId} = any(${ids})`);
  const pictures = await db
    .selectDistinctOn([photos.id], { picture: photos.picture, consentAt: photos.consentAt })
    .from(photos)
    .where(
      sql`${photos.id} in (select photo_id from persons where id = any(${ids}) union
        select photo_id from applications where id = any(${applicationIds}))`,
    );
  return {
    applications: rows,
    confirmations: answers,
    photos: pictures.map(({ picture, consentAt }) => {
      return { consentAt, jpegBase64: Buffer.from(picture).toString('base64') };
    }),
  };
}
