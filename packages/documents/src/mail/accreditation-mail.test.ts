import { describe, expect, it } from 'vitest';
import type { Locale } from '../ticket.ts';
import {
  type ToldApplication,
  writeApprovedMail,
  writeAskedMail,
  writeInvitedMail,
  writeReceivedMail,
  writeRejectedMail,
} from './accreditation-mail.ts';
import type { Mail } from './order-mail.ts';

const locales: Locale[] = ['en', 'pt-br', 'es'];
const event = { name: 'Traço & <Tinta>', venueName: 'Pavilhão das Águas' };
const message = 'A foto está escura.\n\nO número tem <um> dígito a menos.';
const ticketUrl = 'https://tickets.example/tickets/one';

function told(locale: Locale): ToldApplication {
  return {
    ...{ locale, event, to: 'Célia Banca' },
    ...{ personName: 'Ana Prado', typeName: 'Expositor', delegationName: 'Editora Farol' },
    url: 'https://tickets.example/applications/1?key=a&b',
  };
}

/** Each mail of an application, in the order of its life. */
function mailsOf(locale: Locale) {
  const facts = told(locale);
  return {
    received: writeReceivedMail(facts),
    asked: writeAskedMail({ ...facts, message }),
    approved: writeApprovedMail({ ...facts, message, ticketUrl }),
    rejected: writeRejectedMail({ ...facts, message }),
  };
}

function invited(locale: Locale): Mail {
  return writeInvitedMail({
    ...{ locale, event, to: null, delegationName: 'Editora Farol' },
    quotas: [
      { typeName: 'Expositor', quantity: 12 },
      { typeName: 'Montagem', quantity: 3 },
    ],
    url: 'https://tickets.example/apply/secret',
  });
}

const subjects: Record<Locale, string[]> = {
  en: [
    'We have your application for Traço & <Tinta>',
    'Something is missing in an application for Traço & <Tinta>',
    'Approved: credential for Traço & <Tinta>',
    'About an application for Traço & <Tinta>',
    'Accredit your people for Traço & <Tinta>',
  ],
  'pt-br': [
    'Recebemos seu pedido para Traço & <Tinta>',
    'Falta algo em um pedido para Traço & <Tinta>',
    'Aprovado: credencial para Traço & <Tinta>',
    'Sobre um pedido para Traço & <Tinta>',
    'Credencie sua equipe para Traço & <Tinta>',
  ],
  es: [
    'Recibimos tu solicitud para Traço & <Tinta>',
    'Falta algo en una solicitud para Traço & <Tinta>',
    'Aprobada: acreditación para Traço & <Tinta>',
    'Sobre una solicitud para Traço & <Tinta>',
    'Acredita a tu equipo para Traço & <Tinta>',
  ],
};

describe.each(locales)('in %s', (locale) => {
  const mails = mailsOf(locale);

  it('says in its subject what it is about', () => {
    const all = [...Object.values(mails), invited(locale)];
    expect(all.map(({ subject }) => subject)).toEqual(subjects[locale]);
  });

  it('names the person, the type and the delegation, and leads to one place', () => {
    for (const [kind, { text, html }] of Object.entries(mails)) {
      for (const name of ['Célia Banca', 'Ana Prado', 'Expositor', 'Editora Farol']) {
        expect(text, kind).toContain(name);
        expect(html, kind).toContain(name);
      }
      const url = kind === 'approved' ? ticketUrl : told(locale).url;
      expect(text, kind).toContain(url);
      expect(html, kind).toContain(`href="${url.replace('&', '&amp;')}"`);
    }
  });

  it('brings the words of the organizer, line by line, and takes none of them for HTML', () => {
    for (const { text, html } of [mails.asked, mails.approved, mails.rejected]) {
      expect(text).toContain('A foto está escura.');
      expect(text).toContain('O número tem <um> dígito a menos.');
      expect(html).toContain('O número tem &lt;um&gt; dígito a menos.');
    }
    expect(mails.received.html).not.toContain('<Tinta>');
  });

  it('speaks the language, in the page’s own words and in its tag', () => {
    const tags = { en: 'en-GB', 'pt-br': 'pt-BR', es: 'es' };
    for (const { html } of Object.values(mails)) expect(html).toContain(`lang="${tags[locale]}"`);
    const others = locales.filter((other) => other !== locale);
    for (const [kind, mail] of Object.entries(mails)) {
      for (const other of others) {
        expect(mail.text).not.toBe(mailsOf(other)[kind as keyof typeof mails].text);
      }
    }
  });

  it('gives a delegation its link and its places, and greets nobody whose name is not known', () => {
    const { text, html } = invited(locale);
    expect(text).toContain('https://tickets.example/apply/secret');
    expect(html).toContain('href="https://tickets.example/apply/secret"');
    expect(text).toContain('Expositor 12, Montagem 3');
    expect(text).not.toContain('null');
  });
});

it('leaves the delegation out where somebody applied by the public form', () => {
  const { text } = writeReceivedMail({ ...told('en'), delegationName: null });
  expect(text).toContain('Applied for Ana Prado as Expositor.');
});
