import { money, planDays } from '@catraca/domain';
import { expect, it } from 'vitest';
import type { Locale } from '../ticket.ts';
import { type PassLetter, writeExchangeMail, writePassMail } from './pass-mail.ts';

const timeZone = 'America/Sao_Paulo';
const dates = ['2027-04-30', '2027-05-01'];
const event: PassLetter['event'] = {
  name: 'Traço & <Tinta>',
  venueName: 'Pavilhão das Águas',
  venueAddress: 'Av. do Cais, 1200',
  timeZone,
  days: planDays({ dates, opensAt: '10:00', closesAt: '21:00', timeZone }),
};
const letter: PassLetter = {
  ...{ kind: 'sent', locale: 'en', event, toName: 'Bia "B" <script>' },
  ...{ typeName: 'Press', holderName: 'Ana Prado', url: 'https://tickets.example/tickets/1?a&b' },
  ...{ until: null, message: null },
};
/** Nine in the evening of 29 April where the event is. */
const until = new Date('2027-04-30T00:00:00Z');

const subjects: [Locale, Record<PassLetter['kind'], string>][] = [
  [
    'en',
    {
      sent: 'Your pass for Traço & <Tinta>',
      transferred: 'A pass for Traço & <Tinta> has another holder',
      asked: 'Please confirm that you come to Traço & <Tinta>',
      reminded: 'Still to confirm: Traço & <Tinta>',
    },
  ],
  [
    'pt-br',
    {
      sent: 'Seu ingresso para Traço & <Tinta>',
      transferred: 'Um ingresso para Traço & <Tinta> tem outro portador',
      asked: 'Confirme que você vem a Traço & <Tinta>',
      reminded: 'Falta confirmar: Traço & <Tinta>',
    },
  ],
  [
    'es',
    {
      sent: 'Tu pase para Traço & <Tinta>',
      transferred: 'Un pase para Traço & <Tinta> tiene otro titular',
      asked: 'Confirma que vienes a Traço & <Tinta>',
      reminded: 'Falta confirmar: Traço & <Tinta>',
    },
  ],
];

it.each(subjects)(
  'says in %s what happened to the pass, and where to see it',
  (locale, expected) => {
    for (const [kind, subject] of Object.entries(expected) as [PassLetter['kind'], string][]) {
      const mail = writePassMail({ ...letter, locale, kind });
      expect(mail.subject, kind).toBe(subject);
      expect(mail.text, kind).toContain(letter.url);
      expect(mail.html, kind).toContain('href="https://tickets.example/tickets/1?a&amp;b"');
      expect(mail.html, kind).toContain('Press');
      expect(mail.html, kind).toContain('Bia &quot;B&quot; &lt;script&gt;');
      expect(mail.html, kind).not.toContain('<script>');
    }
  },
);

it.each<[Locale, string]>([
  ['en', '29 April 2027'],
  ['pt-br', '29 de abril de 2027'],
  ['es', '29 de abril de 2027'],
])(
  'asks in %s until when, on the clocks of the event, and says where and when to come',
  (locale, day) => {
    const message = 'Portão Norte.\n\nTraga um documento.';
    for (const kind of ['asked', 'reminded'] as const) {
      const { text, html } = writePassMail({ ...letter, locale, kind, until, message });
      expect(text).toContain(day);
      for (const line of ['Portão Norte.', 'Traga um documento.']) {
        expect(text).toContain(line);
        expect(html).toContain(line);
      }
      expect(text).toContain('Ana Prado');
    }
  },
);

it('tells whoever gave a pass away nothing of its new holder', () => {
  const { text, html } = writePassMail({ ...letter, kind: 'transferred' });
  expect(text).not.toContain('Ana Prado');
  expect(html).not.toContain('Ana Prado');
});

it.each<[Locale, string, string]>([
  ['en', 'R$40.00', '29 April 2027'],
  ['pt-br', 'R$ 40,00', '29 de abril de 2027'],
  ['es', '40,00 BRL', '29 de abril de 2027'],
])('asks in %s for the difference of an exchange', (locale, amount, day) => {
  const { text, html } = writeExchangeMail({
    ...{ locale, event, buyerName: 'Bia', typeName: 'Três dias', due: money(4_000, 'BRL') },
    ...{ until, orderUrl: 'https://tickets.example/orders/1' },
  });
  const plain = text.replaceAll(/\s/g, ' ');
  for (const words of [amount, day, 'Três dias', 'https://tickets.example/orders/1']) {
    expect(plain).toContain(words);
  }
  expect(html).toContain('href="https://tickets.example/orders/1"');
});
