import { inLanguage } from '@catraca/api/in-language';
import { daysOf, getSigningKey, printTickets, ticketUrl } from '@catraca/api/tickets';
import {
  type DueMail,
  findConfirmationRound,
  findExchangeToPay,
  findPassMail,
  findTickets,
} from '@catraca/db';
import { writeExchangeMail, writePassMail, wordsOf, type PassLetter } from '@catraca/documents';
import { money } from '@catraca/domain';
import type { MailSources, WrittenMail } from './write-mail.ts';

const kinds: Partial<Record<DueMail['kind'], PassLetter['kind']>> = {
  pass_sent: 'sent',
  pass_transferred: 'transferred',
  confirmation_asked: 'asked',
  confirmation_reminder: 'reminded',
};

/** A mail about one pass; nothing when it admits nobody any more, or when what it asks for is over. */
export async function writePassMailOf(
  { db, links, masterKey }: MailSources,
  due: DueMail,
): Promise<WrittenMail | undefined> {
  const kind = kinds[due.kind];
  if (due.passId === null || !kind) return undefined;
  const found = await findPassMail(db, due.passId, due.toPersonId);
  const [row] = await findTickets(db, [due.passId]);
  if (!found?.address || row?.status !== 'valid') return undefined;
  const isAsking = kind === 'asked' || kind === 'reminded';
  const round = isAsking ? await findConfirmationRound(db, row.event.id) : undefined;
  if (isAsking && (!round || round.closesAt <= new Date() || found.isConfirmed)) return undefined;
  const { locale } = found;
  const url = await ticketUrl(row, await getSigningKey(db, masterKey), links);
  const pdf = kind === 'sent' ? await pdfOf(row, found) : undefined;
  const letter = writePassMail({
    ...{ kind, locale, toName: found.name, holderName: row.holderName },
    event: { ...row.event, days: daysOf(row) },
    typeName: inLanguage(row.type.name, locale),
    // Who had it must not get the link of who has it.
    url: kind === 'transferred' ? links.origin : isAsking ? `${url}/confirm` : url,
    until: round?.closesAt ?? null,
    message: round ? inLanguage(round.message, locale) : null,
  });
  return {
    to: { name: found.name, address: found.address },
    attachments: pdf ? [pdf] : [],
    ...letter,
  };
}

type Row = Awaited<ReturnType<typeof findTickets>>[number];
type Found = NonNullable<Awaited<ReturnType<typeof findPassMail>>>;

async function pdfOf(row: Row, { locale, reference, issuedAt }: Found) {
  const pdf = await printTickets([row], { locale, reference, issuedAt });
  const filename = `${wordsOf(locale).mail.paid.fileName}.pdf`;
  return { filename, contentType: 'application/pdf', content: Buffer.from(pdf) };
}

/** The mail that asks the buyer for the difference of an exchange; nothing when it no longer waits for it. */
export async function writeExchangeMailOf(
  { db, links }: MailSources,
  { orderId }: DueMail,
): Promise<WrittenMail | undefined> {
  const found = orderId === null ? undefined : await findExchangeToPay(db, orderId);
  if (!found?.buyerEmail) return undefined;
  const { order, event, buyerName, buyerEmail, typeName, until } = found;
  const letter = writeExchangeMail({
    ...{ locale: order.locale, event: { ...event, days: [] }, buyerName, until },
    typeName: inLanguage(typeName, order.locale),
    due: money(order.totalMinor, order.currency),
    orderUrl: links.order(order.publicId),
  });
  return { to: { name: buyerName, address: buyerEmail }, attachments: [], ...letter };
}
