import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { events } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { writeAudit, type Actor } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';

export type EventRow = typeof events.$inferSelect;

export type SetUpRefusal =
  | { ok: false; code: 'unknown_event' }
  /** Events are set up at the cloud: this site takes them from there. */
  | { ok: false; code: 'set_up_elsewhere' };

/** Somebody changed it since the page was made that this change comes from. `version`: what it is now. */
export interface EditedMeanwhile {
  ok: false;
  code: 'edited_meanwhile';
  version: number;
}

/** What the audit log keeps of a change. Never personal data. */
export interface AuditedChange {
  action: string;
  subjectKind: string;
  subjectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface SetUp {
  tx: Tx;
  /** Locked: changes of an event's set-up follow one another. */
  event: EventRow;
  audit: (change: AuditedChange) => Promise<void>;
}

/**
 * A change of what an organizer sets up, in one transaction: gates hear of it, a venue that shares the event gets it. `by` is null for what no member did. A result that is not
 * `ok` changes nothing. Sales do not wait for it, since they lock no event.
 */
export async function changeSetUp<Result extends { ok: boolean }>(
  db: Db,
  eventId: bigint,
  by: Actor | null,
  work: (setUp: SetUp) => Promise<Result>,
): Promise<Result | SetUpRefusal> {
  return transact<Result | SetUpRefusal>(db, async (tx, refuse) => {
    const [event] = await tx
      .select()
      .from(events)
      .where(eq(events.id, eventId))
      .for('no key update');
    if (!event) return { ok: false, code: 'unknown_event' };
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const audit = async (change: AuditedChange) => {
      if (by) await writeAudit(tx, by, { ...change, eventId });
    };
    const result = await work({ tx, event, audit });
    if (!result.ok) return refuse(result);
    await notify(tx, { kind: 'config', eventId: String(eventId) });
    await record(tx, 'event', [eventId]);
    return result;
  });
}
