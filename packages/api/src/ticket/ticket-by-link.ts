import { findTickets, type TicketRow } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { readTicketJwt } from '../tickets/ticket-link.ts';

/** Characters of a ticket's address: ours have some 350. */
const jwtLengthMax = 2_000;

export const ticketLinkInput = z.object({ jwt: z.string().max(jwtLengthMax) });

export interface LinkedTicket {
  row: TicketRow;
  /** Its codes were replaced after this address was given out: the new ones are not for whoever has it. */
  isReplaced: boolean;
}

/** The ticket of a signed address. `not_found`: not signed by this site, or of a pass that is not here. */
export async function ticketByLink(
  ctx: Pick<ApiContext, 'db' | 'links'>,
  { jwt }: z.infer<typeof ticketLinkInput>,
): Promise<LinkedTicket> {
  const claims = await readTicketJwt(ctx.db, jwt, ctx.links);
  if (!claims.ok) refuse('not_found');
  const [row] = await findTickets(ctx.db, [claims.value.passId]);
  if (!row) refuse('not_found');
  return { row, isReplaced: row.claims.mediumNo !== claims.value.mediumNo };
}
