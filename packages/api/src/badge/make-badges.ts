import {
  findTickets,
  listBadgeDesigns,
  type OwnEvent,
  readBadgeFacts,
  type TicketRow,
} from '@catraca/db';
import { type Badge, dateRange, type Locale, wordsOf } from '@catraca/documents';
import { formatBarcode } from '@catraca/domain';
import { badgeSizes, firstBadgeDesign } from '@catraca/domain/accreditation';
import type { ApiContext } from '../context.ts';
import { inLanguage } from '../in-language.ts';
import { daysOf } from '../tickets/document-ticket.ts';

/** Badges of these passes, each by the design of its type: the first design where it has none, and one of ours where there is none at all. */
export async function makeBadges(
  { db }: Pick<ApiContext, 'db'>,
  event: OwnEvent,
  passIds: readonly bigint[],
  locale: Locale,
): Promise<Badge[]> {
  const [tickets, facts, designs] = await Promise.all([
    findTickets(db, passIds),
    readBadgeFacts(db, passIds),
    listBadgeDesigns(db, event.id),
  ]);
  const designOf = ({ type }: TicketRow) =>
    (designs.find(({ typeIds }) => typeIds.includes(type.id)) ?? designs[0])?.design ??
    firstBadgeDesign(badgeSizes.holder);
  return tickets.map((ticket) => ({
    design: designOf(ticket),
    name: ticket.holderName,
    typeName: inLanguage(ticket.type.name, locale),
    typeColour: ticket.type.colour,
    delegationName: facts.get(ticket.passId)?.delegationName ?? '',
    eventName: event.name,
    days: dateRange(daysOf(ticket), event.timeZone, wordsOf(locale).languageTag),
    number: formatBarcode(ticket.barcode),
    token: ticket.token,
    photo: facts.get(ticket.passId)?.photo ?? null,
  }));
}
