import type { TicketRow } from '@catraca/db';
import { renderTicketsPdf, type Locale, type Ticket } from '@catraca/documents';
import type { EntryPolicy, EventDay } from '@catraca/domain';
import { inLanguage } from '../in-language.ts';

/** A ticket as documents print it, in a reader's language. */
export function documentTicket(row: TicketRow, locale: Locale): Ticket {
  const { token, barcode, holderName, seat, entrances } = row;
  return {
    ...{ token, barcode, holderName, seat, entrances },
    typeName: inLanguage(row.type.name, locale),
    typeColour: row.type.colour,
    days: daysOf(row),
    policy: policyOf(row),
  };
}

/** Tickets of one event as PDF, a page each. `reference` of their order, when they have one. */
export async function printTickets(
  rows: readonly [TicketRow, ...TicketRow[]],
  print: { locale: Locale; reference: string | null; issuedAt: Date },
): Promise<Uint8Array> {
  const tickets = rows.map((row) => documentTicket(row, print.locale));
  return renderTicketsPdf({ event: rows[0].event, tickets, ...print });
}

export function daysOf({ days }: TicketRow): EventDay[] {
  return days.map(({ no, startsAt, endsAt }) => ({
    no,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
  }));
}

/** What its code says; a type may be changed after that, and then the gate's answer is the newer one. */
export function policyOf({ claims }: TicketRow): EntryPolicy {
  return claims.policy;
}
