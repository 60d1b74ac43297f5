import {
  makeId,
  maskOf,
  planDays,
  withCheckDigits,
  type EventId,
  type PassId,
} from '@catraca/domain';
import { generateSigningKey, privateKeyOf, signToken } from '@catraca/domain/token/node';
import { expect, it, vi } from 'vitest';
import { readTicketsPdf } from '../testing/read-tickets-pdf.ts';
import type { Locale, Ticket } from '../ticket.ts';
import { renderTicketsPdf } from './tickets-pdf.ts';

// Pages are drawn and read as pixels.
vi.setConfig({ testTimeout: 60_000 });

const timeZone = 'America/Sao_Paulo';
const days = planDays({
  dates: ['2027-04-30', '2027-05-01', '2027-05-02'],
  opensAt: '10:00',
  closesAt: '21:00',
  timeZone,
});
const event = {
  name: 'Festival Traço & Tinta 2027',
  venueName: 'Pavilhão das Águas',
  venueAddress: 'Av. do Cais, 1200, Porto Claro',
  timeZone,
};
const privateKey = privateKeyOf(generateSigningKey().seed);

function makeTicket(no: number, changes: Partial<Ticket> = {}): Ticket {
  const policy = { kind: 'reentry' } as const;
  const claims = {
    keyId: 257,
    eventId: makeId<EventId>(1, 1n),
    passId: makeId<PassId>(1, 2n ** 40n + BigInt(no)),
    typeNo: 3,
    mediumNo: 1,
    policy,
    areas: maskOf([1, 2, 7]),
    days: maskOf([1, 2, 3]),
    issuedAt: 1_600_000,
  };
  return {
    token: signToken(claims, privateKey),
    barcode: withCheckDigits(String(10_000_000_000_000 + no * 7_919)),
    typeName: 'Três dias',
    typeColour: '#0f766e',
    holderName: 'Łucja Αθηνά Иванова-Ferreira',
    seat: null,
    days,
    entrances: ['Portão norte', 'Portão sul'],
    policy,
    ...changes,
  };
}

function render(tickets: Ticket[], locale: Locale = 'pt-br') {
  const issuedAt = new Date('2027-01-02T03:04:05Z');
  return renderTicketsPdf({ event, tickets, reference: 'K7QF-2M9D', locale, issuedAt });
}

it('prints codes that read back as the very token and number, a page each', async () => {
  const tickets = Array.from({ length: 4 }, (_, no) => makeTicket(no));
  const printed = await readTicketsPdf(await render(tickets));
  expect(printed.map(({ qr, barcode }) => ({ qr, barcode }))).toEqual(
    tickets.map(({ token, barcode }) => ({ qr: token, barcode })),
  );
});

it.each([
  ['en', 'Sat, 1 May 2027, 10:00–21:00', 'Stalls · Row F · Seat 12', 'Order K7QF-2M9D'],
  ['pt-br', 'Sáb., 1 de maio de 2027, 10:00–21:00', 'Stalls · Fila F · Lugar 12', 'Pedido'],
  ['es', 'Sáb, 1 de mayo de 2027, 10:00–21:00', 'Stalls · Fila F · Asiento 12', 'Pedido'],
] as const)('says in %s what a holder needs, by the venue’s clocks', async (locale, ...words) => {
  const seat = { section: 'Stalls', row: 'F', number: 12 };
  const [page] = await readTicketsPdf(await render([makeTicket(1, { seat })], locale));
  for (const text of [...words, 'Łucja Αθηνά Иванова-Ferreira', 'Portão norte', 'Três dias']) {
    expect(page?.text).toContain(text);
  }
});

it('stays on its page with the longest names', async () => {
  const long = 'Encontro Internacional de Quadrinhos, Ilustração, Animação e Jogos de Mesa';
  const ticket = makeTicket(1, {
    typeName: long,
    holderName: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).trim(),
    seat: { section: long, row: 'AA', number: 999 },
    entrances: Array.from({ length: 14 }, (_, no) => `Portão ${no + 1}`),
  });
  const pdf = await renderTicketsPdf({
    event: { ...event, name: `${long} ${long}` },
    tickets: [ticket],
    reference: null,
    locale: 'es',
    issuedAt: new Date(0),
  });
  const printed = await readTicketsPdf(pdf);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatchObject({ qr: ticket.token, barcode: ticket.barcode });
});

it('is the same bytes for the same tickets', async () => {
  const tickets = [makeTicket(1), makeTicket(2)];
  expect(Buffer.compare(await render(tickets), await render(tickets))).toBe(0);
});
