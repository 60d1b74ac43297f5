import type { Locale } from '../ticket.ts';
import { accreditationWordsOf } from '../words/accreditation-words.ts';
import { wordsOf } from '../words/words.ts';
import { htmlOf } from './html.ts';
import type { Letter } from './letter.ts';
import type { Mail } from './order-mail.ts';
import { textOf } from './text.ts';

interface Facts {
  readonly locale: Locale;
  readonly event: { readonly name: string; readonly venueName: string };
  /** Who reads it; null where nobody gave a name. */
  readonly to: string | null;
}

export interface InvitedDelegation extends Facts {
  readonly delegationName: string;
  readonly quotas: readonly { typeName: string; quantity: number }[];
  /** Absolute, with the delegation's secret. */
  readonly url: string;
}

/** The mail that gives a delegation its link. */
export function writeInvitedMail(invited: InvitedDelegation): Mail {
  const { locale, event, delegationName, quotas, url } = invited;
  const words = accreditationWordsOf(locale).invited;
  return mailOf(invited, words.subject(event.name), {
    paragraphs: [
      words.intro(delegationName, event.name),
      `${words.places}: ${quotas.map(({ typeName, quantity }) => `${typeName} ${quantity}`).join(', ')}`,
    ],
    action: { label: words.open, url },
    notes: [words.keep],
  });
}

export interface ToldApplication extends Facts {
  readonly personName: string;
  readonly typeName: string;
  readonly delegationName: string | null;
  /** Absolute, with the application's key. */
  readonly url: string;
}

export function writeReceivedMail(told: ToldApplication): Mail {
  const words = accreditationWordsOf(told.locale);
  return mailOf(told, words.received.subject(told.event.name), {
    paragraphs: [words.received.intro(told.personName), appliedLine(told)],
    action: { label: words.view, url: told.url },
    notes: [words.received.next],
  });
}

/** `message`: what is to be mended, in the organizer's words. */
export function writeAskedMail(told: ToldApplication & { message: string }): Mail {
  const words = accreditationWordsOf(told.locale);
  return mailOf(told, words.asked.subject(told.event.name), {
    paragraphs: [words.asked.intro(told.personName), ...told.message.split('\n').filter(Boolean)],
    action: { label: words.asked.open, url: told.url },
    notes: [appliedLine(told)],
  });
}

/** `ticketUrl`: the credential's page, absolute. */
export function writeApprovedMail(
  told: ToldApplication & { message: string; ticketUrl: string },
): Mail {
  const words = accreditationWordsOf(told.locale);
  return mailOf(told, words.approved.subject(told.event.name), {
    paragraphs: [
      words.approved.intro(told.personName),
      ...told.message.split('\n').filter(Boolean),
      words.approved.pickUp,
    ],
    action: { label: words.approved.open, url: told.ticketUrl },
    notes: [appliedLine(told)],
  });
}

export function writeRejectedMail(told: ToldApplication & { message: string }): Mail {
  const words = accreditationWordsOf(told.locale);
  return mailOf(told, words.rejected.subject(told.event.name), {
    paragraphs: [
      words.rejected.intro(told.personName),
      ...told.message.split('\n').filter(Boolean),
    ],
    action: { label: words.view, url: told.url },
    notes: [appliedLine(told)],
  });
}

function appliedLine({ locale, personName, typeName, delegationName }: ToldApplication): string {
  const words = accreditationWordsOf(locale);
  const parts = [words.applied, personName, words.as(typeName)];
  if (delegationName !== null) parts.push(words.forDelegation(delegationName));
  return `${parts.join(' ')}.`;
}

function mailOf(
  { locale, event, to }: Facts,
  subject: string,
  said: Pick<Letter, 'paragraphs' | 'action' | 'notes'>,
): Mail {
  const words = wordsOf(locale);
  const greeting = to === null ? [] : [words.mail.greeting(to)];
  const letter: Letter = {
    title: event.name,
    subtitle: event.venueName,
    items: [],
    footer: [accreditationWordsOf(locale).footer(event.name)],
    ...said,
    paragraphs: [...greeting, ...said.paragraphs],
  };
  return { subject, text: textOf(letter), html: htmlOf(letter, subject, words.languageTag) };
}
