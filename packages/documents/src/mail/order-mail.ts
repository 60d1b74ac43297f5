import { formatMoney, type EventDay, type Money } from '@catraca/domain';
import { dateRange } from '../words/days.ts';
import type { Locale, Seat, TicketEvent } from '../ticket.ts';
import { wordsOf, type RefundReason, type Words } from '../words/words.ts';
import { htmlOf } from './html.ts';
import type { Letter } from './letter.ts';
import { textOf } from './text.ts';

export interface MailTicket {
  readonly typeName: string;
  readonly holderName: string;
  readonly seat: Seat | null;
  /** Absolute address of its page. */
  readonly url: string;
}

interface OrderFacts {
  readonly locale: Locale;
  readonly event: TicketEvent & { readonly days: readonly EventDay[] };
  readonly buyerName: string;
  readonly reference: string;
  readonly total: Money;
  /** Absolute, with the order's key. */
  readonly orderUrl: string;
}

export interface PaidOrder extends OrderFacts {
  readonly tickets: readonly MailTicket[];
}

export interface RefundedOrder extends OrderFacts {
  readonly refund: Money;
  readonly reason: RefundReason;
}

/** A mail without its addresses. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail that brings the tickets. The PDF is attached by whoever sends it. */
export function writePaidMail(order: PaidOrder): Mail {
  const words = wordsOf(order.locale);
  const { paid } = words.mail;
  return mailOf(words, paid.subject(order.event.name), {
    ...headOf(order, words),
    paragraphs: [
      words.mail.greeting(order.buyerName),
      paid.intro(order.tickets.length, order.event.name),
    ],
    action: { label: paid.open, url: order.orderUrl },
    items: order.tickets.map((ticket) => ({
      title: ticket.typeName,
      lines: [ticket.holderName, ...(ticket.seat ? [words.seatText(ticket.seat)] : [])],
      link: { label: paid.ticketLink, url: ticket.url },
    })),
    notes: [paid.attached, words.mail.keepLink],
  });
}

/** The mail that says why money goes back, and how much. */
export function writeRefundedMail(order: RefundedOrder): Mail {
  const words = wordsOf(order.locale);
  const { refunded } = words.mail;
  return mailOf(words, refunded.subject(order.event.name), {
    ...headOf(order, words),
    paragraphs: [
      words.mail.greeting(order.buyerName),
      refunded.why[order.reason](order.event.name),
      refunded.amount(formatMoney(order.refund, words.languageTag)),
    ],
    action: { label: refunded.open, url: order.orderUrl },
    items: [],
    notes: [refunded.when],
  });
}

function headOf({ event, reference, total }: OrderFacts, words: Words) {
  const when = dateRange(event.days, event.timeZone, words.languageTag);
  return {
    title: event.name,
    subtitle: [when, event.venueName].filter((part) => part !== '').join(' · '),
    footer: [
      words.mail.orderLine(reference, formatMoney(total, words.languageTag)),
      words.mail.footer(event.name),
    ],
  };
}

function mailOf(words: Words, subject: string, letter: Letter): Mail {
  return { subject, text: textOf(letter), html: htmlOf(letter, subject, words.languageTag) };
}
