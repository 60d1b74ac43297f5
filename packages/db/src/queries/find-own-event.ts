import { and, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events } from '../schema/index.ts';

/** The event with this slug when it is the organization's; another organization's is as if it were not there. */
export async function findOwnEvent(db: DbOrTx, organizationId: string, slug: string) {
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.slug, slug), eq(events.organizationId, organizationId)));
  return event;
}

export type OwnEvent = NonNullable<Awaited<ReturnType<typeof findOwnEvent>>>;
