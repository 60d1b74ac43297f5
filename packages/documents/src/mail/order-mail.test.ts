import { money, planDays } from '@catraca/domain';
import { expect, it } from 'vitest';
import type { Locale } from '../ticket.ts';
import { writePaidMail, writeRefundedMail, type PaidOrder } from './order-mail.ts';

const timeZone = 'America/Sao_Paulo';
const dates = ['2027-04-30', '2027-05-01', '2027-05-02'];
const order: PaidOrder = {
  locale: 'pt-br',
  event: {
    name: 'Traço & <Tinta>',
    venueName: 'Pavilhão das Águas',
    venueAddress: 'Av. do Cais, 1200',
    timeZone,
    days: planDays({ dates, opensAt: '10:00', closesAt: '21:00', timeZone }),
  },
  buyerName: 'Ana "A" <script>',
  reference: 'K7QF-2M9D',
  total: money(32_050, 'BRL'),
  orderUrl: 'https://tickets.example/orders/1?key=a&b',
  tickets: [
    {
      typeName: 'Três dias',
      holderName: 'Ana',
      seat: { section: 'Plateia', row: 'F', number: 12 },
      url: 'https://tickets.example/tickets/one',
    },
    {
      typeName: 'Criança',
      holderName: 'Caio',
      seat: null,
      url: 'https://tickets.example/tickets/two',
    },
  ],
};

it('brings every ticket and its link, as text and as HTML', () => {
  const mail = writePaidMail(order);
  expect(mail.subject).toBe('Seus ingressos para Traço & <Tinta>');
  for (const { url, holderName } of order.tickets) {
    expect(mail.text).toContain(`${url}\n`);
    expect(mail.html).toContain(`href="${url}"`);
    expect(mail.text).toContain(holderName);
    expect(mail.html).toContain(holderName);
  }
  expect(mail.text).toContain(order.orderUrl);
  expect(mail.text).toContain('Plateia · Fila F · Lugar 12');
  expect(mail.text.replaceAll(/\s/g, ' ')).toContain('R$ 320,50');
  expect(mail.text).toMatch(/30 de abril.*2 de maio de 2027/);
});

it('takes nothing a buyer typed for HTML', () => {
  const { html } = writePaidMail(order);
  expect(html).not.toContain('<script>');
  expect(html).toContain('Ana &quot;A&quot; &lt;script&gt;');
  expect(html).toContain('href="https://tickets.example/orders/1?key=a&amp;b"');
});

it.each<[Locale, string]>([
  ['en', 'R$96.00'],
  ['pt-br', 'R$ 96,00'],
  ['es', '96,00 BRL'],
])('says in %s how much goes back, and why', (locale, amount) => {
  const refund = money(9_600, 'BRL');
  const texts = (['hold_expired', 'paid_twice', 'wrong_amount', 'requested'] as const).map(
    (reason) => writeRefundedMail({ ...order, locale, refund, reason }).text,
  );
  expect(new Set(texts).size).toBe(4);
  for (const text of texts) expect(text.replaceAll(/\s/g, ' ')).toContain(amount);
});
