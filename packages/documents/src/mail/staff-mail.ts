import type { Locale } from '../ticket.ts';
import { wordsOf } from '../words/words.ts';
import { htmlOf } from './html.ts';
import type { Mail } from './order-mail.ts';
import { textOf } from './text.ts';

/** Staff have no language of their own yet: each mail says everything in all three, the first one leading. */
const locales: readonly Locale[] = ['en', 'pt-br', 'es'];

/** The mail that asks somebody to join. `url` is absolute, with its key. */
export function writeInvitationMail(invitation: { organization: string; url: string }): Mail {
  const { organization, url } = invitation;
  return staffMail(organization, url, (locale) => {
    const { invited } = wordsOf(locale).mail;
    return { ...invited, subject: invited.subject(organization), text: invited.text(organization) };
  });
}

/** The mail for somebody who forgot their password. */
export function writePasswordResetMail({ name, url }: { name: string; url: string }): Mail {
  return staffMail('Catraca', url, (locale) => {
    const { greeting, reset } = wordsOf(locale).mail;
    return { ...reset, text: `${greeting(name)} ${reset.text}` };
  });
}

interface Said {
  readonly subject: string;
  readonly text: string;
  readonly open: string;
  readonly note: string;
}

function staffMail(title: string, url: string, say: (locale: Locale) => Said): Mail {
  const all = locales.map(say);
  const [first] = all;
  if (!first) throw new Error('a mail is written in some language');
  const letter = {
    ...{ title, subtitle: '', items: [] },
    paragraphs: all.map(({ text }) => text),
    action: { label: all.map(({ open }) => open).join(' · '), url },
    notes: all.map(({ note }) => note),
    footer: ['Catraca'],
  };
  const subject = all.map((one) => one.subject).join(' · ');
  return { subject, text: textOf(letter), html: htmlOf(letter, subject, 'en') };
}
