import type { Tx } from '../../client.ts';
import { passChanges } from '../../schema/index.ts';

/** Who does something to a pass, and why. */
export interface PassAct {
  /** Null for a command at the console. */
  userId: string | null;
  reason: string | null;
}

export const atTheConsole: PassAct = { userId: null, reason: null };

export async function recordPassChange(
  tx: Tx,
  passId: bigint,
  kind: (typeof passChanges.$inferInsert)['kind'],
  act: PassAct,
  now: Date,
): Promise<void> {
  await tx.insert(passChanges).values({ passId, kind, ...act, createdAt: now });
}
