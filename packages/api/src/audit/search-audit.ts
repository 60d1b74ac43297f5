import { listAudit, listAuditActors } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext, Member } from '../context.ts';
import { ownEvent } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Rows of a page. */
const pageSize = 50;

/** What is looked for in the audit log. */
export const auditInput = z.object({
  eventSlug: z.string().min(1).max(200),
  actorId: z.string().min(1).max(64).nullable().default(null),
  text: z.string().max(100).default(''),
  /** What the text means of the actions in the reader's language. */
  actions: z.array(z.string().max(60)).max(100).default([]),
  from: z.date().nullable().default(null),
  until: z.date().nullable().default(null),
});

const pageInput = { before: rowIdInput.nullable().default(null) };

/** What was done at one event. */
export const searchEventAudit = memberProcedure
  .input(auditInput.extend(pageInput))
  .query(async ({ ctx, input: { eventSlug, ...wish } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    return readPage(ctx, { ...wish, eventId: event.id });
  });

/** What was done in the whole organization. */
export const searchAudit = memberProcedure
  .input(auditInput.omit({ eventSlug: true }).extend(pageInput))
  .query(({ ctx, input }) => readPage(ctx, { ...input, eventId: null }));

type Wish = Pick<
  Parameters<typeof listAudit>[1],
  'eventId' | 'actorId' | 'text' | 'actions' | 'from' | 'until' | 'before'
>;

async function readPage(ctx: ApiContext & { member: Member }, wish: Wish) {
  const { organizationId } = ctx.member;
  const rows = await listAudit(ctx.db, { ...wish, organizationId, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  return {
    rows: shown.map(({ id, ...row }) => ({ ...row, id: String(id) })),
    /** Where the next page begins; null on the last one. */
    next: rows.length > pageSize ? String(shown.at(-1)?.id) : null,
    actors: await listAuditActors(ctx.db, organizationId),
  };
}
