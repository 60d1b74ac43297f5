import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';

/** PostgreSQL channel on which processes tell each other what they keep in memory has changed. */
export const notifyChannel = 'catraca';

/** Ids as decimal strings. */
export type Notice =
  /** Areas, checkpoints, types, days or windows of the event. */
  | { kind: 'config'; eventId: string }
  /** A conflict of the event was found, or somebody has looked at some. */
  | { kind: 'conflicts'; eventId: string }
  /** A device was enrolled, changed or revoked. */
  | { kind: 'device'; deviceId: string }
  /** A member's role, limits or standing changed, or they were signed out: what they have open must be asked for again. */
  | { kind: 'member'; memberId: string }
  /** A signing key was made or retired. */
  | { kind: 'keys' }
  /** Scans that another site, or a device that was alone, judged before were taken: what is counted of the event is old. */
  | { kind: 'scans'; eventId: string };

/** Heard by all who listen once the transaction is committed, and by nobody when it is not. */
export async function notify(tx: Tx, notice: Notice): Promise<void> {
  await tx.execute(sql`select pg_notify(${notifyChannel}, ${JSON.stringify(notice)})`);
}
