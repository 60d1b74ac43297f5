import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { auditLog } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';

/** Who did something, and from where. Without an address for the worker and the console. */
export interface Actor {
  organizationId: string;
  kind: 'member' | 'device' | 'system';
  /** The member's user id, or the device's id; null for the system. */
  id: string | null;
  address: string | null;
  userAgent: string | null;
}

/** The operator of the installation, at its console. */
export function atTheTerminal(organizationId: string): Actor {
  return { organizationId, kind: 'system', id: null, address: null, userAgent: 'catraca' };
}

/** What was done to what. `before` and `after` hold what was changed, and nothing of a person. */
export interface AuditEntry {
  /** `noun.verb` */
  action: string;
  /** Null for what is of the organization. */
  eventId?: bigint | null;
  subjectKind: string;
  subjectId: bigint | number | string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Characters that are kept of what a browser says it is. */
const userAgentLengthMax = 300;

/** Writes who did what, in the transaction of the change: what is not written was not done. The other site of an event that is shared is told. */
export async function writeAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await writeAudits(tx, actor, [entry]);
}

/** The same for what is done to many at once: one row for each, at least one. */
export async function writeAudits(
  tx: Tx,
  actor: Actor,
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = tx.insert(auditLog).values(
    entries.map((entry) => ({
      site: sql`(select number from sites where is_local)`,
      organizationId: actor.organizationId,
      eventId: entry.eventId ?? null,
      actorKind: actor.kind,
      actorId: actor.id,
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: String(entry.subjectId),
      before: plain(entry.before),
      after: plain(entry.after),
      address: actor.address,
      userAgent: actor.userAgent?.slice(0, userAgentLengthMax) ?? null,
    })),
  );
  const written = await rows.returning({ id: auditLog.id, eventId: auditLog.eventId });
  const atEvents = written.filter(({ eventId }) => eventId !== null);
  if (atEvents.length > 0)
    await record(
      tx,
      'act',
      atEvents.map(({ id }) => id),
    );
}

/** As JSON has it: ids as text. */
function plain(values: Record<string, unknown> | null | undefined) {
  if (!values) return null;
  const text = JSON.stringify(values, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
