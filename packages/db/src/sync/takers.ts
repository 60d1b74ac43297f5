import type { Tx } from '../client.ts';
import type { Stream } from './read-facts.ts';
import type { Bodies } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { takeActs } from './take-acts.ts';
import { takeAuthority } from './take-authority.ts';
import { takeConflicts } from './take-conflicts.ts';
import { takeCredentials } from './take-credentials.ts';
import { takeDevices } from './take-devices.ts';
import { takeEvents } from './take-events.ts';
import { takeOrders } from './take-orders.ts';
import { takePassChanges } from './take-pass-changes.ts';
import { takePersons } from './take-persons.ts';
import { takeRefundAsks } from './take-refund-asks.ts';
import { takeRefunds } from './take-refunds.ts';
import { takeScans } from './take-scans.ts';
import { takeShares } from './take-shares.ts';
import { takeUnits } from './take-units.ts';

/**
 * Brings what facts of one kind tell into this site's tables. What is there already stays. @returns why the facts are unsound, if they are: then nothing of the batch is kept.
 */
export type Taker = (tx: Tx, source: Source, bodies: Bodies) => Promise<string | undefined>;

/** Every kind of fact that this version knows. */
export const takers: Record<Stream, ReadonlyMap<string, Taker>> = {
  sales: new Map<string, Taker>([
    ['event', takeEvents],
    ['order', takeOrders],
    ['credential', takeCredentials],
    ['pass_change', takePassChanges],
    ['person', takePersons],
    ['refund', takeRefunds],
    ['refund_ask', takeRefundAsks],
    ['units', takeUnits],
    ['share', takeShares],
    ['authority', takeAuthority],
    ['device', takeDevices],
    ['conflict', takeConflicts],
    ['act', takeActs],
  ]),
  scans: new Map<string, Taker>([['scans', takeScans]]),
};
