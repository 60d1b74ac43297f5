import { eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events } from '../schema/index.ts';

/** Any organization's event: for the operator of the installation, who stands above them. */
export async function findEventBySlug(db: DbOrTx, slug: string) {
  const [event] = await db.select().from(events).where(eq(events.slug, slug));
  return event;
}
