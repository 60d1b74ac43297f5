import { formatMoney, type EventDay, type Money } from '@catraca/domain';
import type { Locale, TicketEvent } from '../ticket.ts';
import { dateRange } from '../words/days.ts';
import { wordsOf, type Words } from '../words/words.ts';
import { htmlOf } from './html.ts';
import type { Letter } from './letter.ts';
import type { Mail } from './order-mail.ts';
import { textOf } from './text.ts';

/** A mail about one pass. */
export interface PassLetter {
  readonly kind: 'sent' | 'transferred' | 'asked' | 'reminded';
  readonly locale: Locale;
  readonly event: TicketEvent & { readonly days: readonly EventDay[] };
  /** Who it goes to. */
  readonly toName: string;
  readonly typeName: string;
  readonly holderName: string;
  /** Absolute. */
  readonly url: string;
  /** Until when a holder can confirm. */
  readonly until: Date | null;
  /** Where and when to come, in the organizer's words. */
  readonly message: string | null;
}

export function writePassMail(letter: PassLetter): Mail {
  const words = wordsOf(letter.locale);
  const said = words.mail.pass[letter.kind];
  const until = letter.until && instantText(letter.until, letter.event.timeZone, words);
  return mailOf(words, said.subject(letter.event.name), {
    ...headOf(letter.event, words),
    paragraphs: [
      words.mail.greeting(letter.toName),
      said.intro(letter.event.name),
      ...(until ? [words.mail.pass.asked.until(until)] : []),
    ],
    action: { label: said.open, url: letter.url },
    items: [
      {
        title: letter.typeName,
        lines: letter.kind === 'transferred' ? [] : [letter.holderName],
        link: { label: said.open, url: letter.url },
      },
    ],
    notes: letter.message ? letter.message.split('\n').filter((line) => line.trim() !== '') : [],
    footer: [words.mail.pass.footer(letter.event.name)],
  });
}

/** The mail that asks for the difference of an exchange. */
export interface ExchangeLetter {
  readonly locale: Locale;
  readonly event: TicketEvent & { readonly days: readonly EventDay[] };
  readonly buyerName: string;
  readonly typeName: string;
  readonly due: Money;
  readonly until: Date;
  /** Absolute: where it is paid. */
  readonly orderUrl: string;
}

export function writeExchangeMail(letter: ExchangeLetter): Mail {
  const words = wordsOf(letter.locale);
  const { exchange } = words.mail;
  const { event } = letter;
  return mailOf(words, exchange.subject(event.name), {
    ...headOf(event, words),
    paragraphs: [
      words.mail.greeting(letter.buyerName),
      exchange.intro(letter.typeName, event.name),
      exchange.due(
        formatMoney(letter.due, words.languageTag),
        instantText(letter.until, event.timeZone, words),
      ),
    ],
    action: { label: exchange.open, url: letter.orderUrl },
    items: [],
    notes: [exchange.stays],
    footer: [words.mail.footer(event.name)],
  });
}

function headOf(event: PassLetter['event'], words: Words) {
  const when = dateRange(event.days, event.timeZone, words.languageTag);
  const subtitle = [when, event.venueName].filter((part) => part !== '').join(' · ');
  return { title: event.name, subtitle };
}

function instantText(at: Date, timeZone: string, { languageTag }: Words): string {
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(languageTag, style).format(at);
}

function mailOf(words: Words, subject: string, letter: Letter): Mail {
  return { subject, text: textOf(letter), html: htmlOf(letter, subject, words.languageTag) };
}
