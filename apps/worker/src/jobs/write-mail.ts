import { ticketUrl, daysOf, getSigningKey, printTickets } from '@catraca/api/tickets';
import { writeExchangeMailOf, writePassMailOf } from './write-pass-mail.ts';
import { inLanguage } from '@catraca/api/in-language';
import type { Links } from '@catraca/api/links';
import {
  type Db,
  type DueMail,
  findOrderPublicId,
  findStoreOrder,
  findTickets,
  type StoreOrder,
  type TicketRow,
} from '@catraca/db';
import { writeInvitation, writePasswordReset } from './write-staff-mail.ts';
import { type Mail, writePaidMail, writeRefundedMail, wordsOf } from '@catraca/documents';
import { money } from '@catraca/domain';
import { writeApplicationMail, writeDelegationMail } from './write-accreditation-mail.ts';

/** What mails are written from. */
export interface MailSources {
  readonly db: Db;
  readonly links: Links;
  /** Opens the key that signs ticket links. Not for logs. */
  readonly masterKey: Uint8Array;
}

export interface WrittenMail extends Mail {
  readonly to: { readonly name: string; readonly address: string };
  readonly attachments: {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
}

/** A mail as things stand now, which may be later than its reason. Undefined when there is nobody to write to, or nothing to say any more. */
export async function writeMail(
  sources: MailSources,
  due: DueMail,
): Promise<WrittenMail | undefined> {
  return writers[due.kind]?.(sources, due);
}

type Writer = (sources: MailSources, due: DueMail) => Promise<WrittenMail | undefined>;

/** Who writes the mails of a kind. */
const writers: Partial<Record<DueMail['kind'], Writer>> = {
  order_paid: writeOrderMail,
  order_refunded: writeOrderMail,
  delegation_invited: writeDelegationMail,
  application_received: writeApplicationMail,
  application_asked: writeApplicationMail,
  application_approved: writeApplicationMail,
  application_rejected: writeApplicationMail,
  exchange_offered: writeExchangeMailOf,
  pass_sent: writePassMailOf,
  pass_transferred: writePassMailOf,
  confirmation_asked: writePassMailOf,
  confirmation_reminder: writePassMailOf,
  member_invited: writeInvitation,
  password_reset: writePasswordReset,
};

async function writeOrderMail(
  sources: MailSources,
  due: DueMail,
): Promise<WrittenMail | undefined> {
  if (due.orderId === null) return undefined;
  const publicId = await findOrderPublicId(sources.db, due.orderId);
  const found = publicId && (await findStoreOrder(sources.db, publicId));
  if (!found || found.buyer.email === null) return undefined;
  const to = { name: found.buyer.name, address: found.buyer.email };
  const written =
    due.kind === 'order_paid' ? await writePaid(sources, found) : writeRefunded(sources, found);
  return written && { to, attachments: [], ...written };
}

async function writePaid(
  sources: MailSources,
  found: StoreOrder,
): Promise<(Mail & Pick<WrittenMail, 'attachments'>) | undefined> {
  const { db, links, masterKey } = sources;
  const { locale, reference, paidAt } = found.order;
  const rows = await findTickets(
    db,
    found.passes.map(({ id }) => id),
  );
  const [first, ...others] = rows.filter(({ status }) => status === 'valid');
  if (!first || !paidAt) return undefined;
  const valid = [first, ...others] as const;
  const key = await getSigningKey(db, masterKey);
  const tickets = await Promise.all(
    valid.map(async (row) => ({
      typeName: inLanguage(row.type.name, locale),
      holderName: row.holderName,
      seat: row.seat,
      url: await ticketUrl(row, key, links),
    })),
  );
  const pdf = await printTickets(valid, { locale, reference, issuedAt: paidAt });
  const filename = `${wordsOf(locale).mail.paid.fileName}-${reference}.pdf`;
  return {
    ...writePaidMail({ ...factsOf(sources, found, valid), tickets }),
    attachments: [{ filename, contentType: 'application/pdf', content: Buffer.from(pdf) }],
  };
}

function writeRefunded(sources: MailSources, found: StoreOrder): Mail | undefined {
  const last = found.refunds.at(-1);
  if (!last) return undefined;
  const { state, refundedMinor, currency } = found.order;
  // Of what went back in parts the mail says how much it is in all.
  const isAsked = last.reason === 'requested';
  return writeRefundedMail({
    ...factsOf(sources, found, []),
    refund: money(isAsked ? refundedMinor : last.amountMinor, currency),
    reason: isAsked && state === 'paid' ? 'part' : last.reason,
  });
}

function factsOf(
  { links }: MailSources,
  { order, event, buyer }: StoreOrder,
  rows: readonly TicketRow[],
) {
  const days = new Map(rows.flatMap(daysOf).map((day) => [day.no, day]));
  return {
    locale: order.locale,
    event: { ...event, days: [...days.values()].sort((a, b) => a.no - b.no) },
    buyerName: buyer.name,
    reference: order.reference,
    total: money(order.totalMinor, order.currency),
    orderUrl: links.order(order.publicId),
  };
}
