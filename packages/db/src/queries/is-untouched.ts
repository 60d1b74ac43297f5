import type { DbOrTx } from '../client.ts';
import { organizations } from '../schema/index.ts';

/** Whether nobody has used this database yet: no organization was ever set up. */
export async function isUntouched(db: DbOrTx): Promise<boolean> {
  const found = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return found.length === 0;
}
