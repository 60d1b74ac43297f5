import type { PassStatus } from '../admission/types.ts';
import type { ScanId } from '../ids/brands.ts';
import type { ScansTaken } from './scans-taken.ts';

/** Harmless first. What two sites did to a pass while apart is merged to the later of this list: money and safety come first. */
const byWeight: readonly PassStatus[] = ['valid', 'unpaid', 'blocked', 'revoked', 'refunded'];

/**
 * The status of a pass that has one at each site (SPEC Y-50). `refunded` is above `revoked`: money that went back stays away.
 * Nothing lifts a status yet; what will (a payment, an unblocking) must be a fact that names what it lifts, or a merge undoes it.
 */
export function mergeStatus(a: PassStatus, b: PassStatus): PassStatus {
  return byWeight.indexOf(a) >= byWeight.indexOf(b) ? a : b;
}

/** A value that either site may set anew: the name of a holder, the type of a credential. */
export interface Versioned {
  /** 1 and more: one above the highest the writer knew. */
  readonly version: number;
  /** The site that wrote it. */
  readonly site: number;
}

/** The version to write over what is known here; `null` for a first. */
export function nextVersion(known: Versioned | null, site: number): Versioned {
  return { version: (known?.version ?? 0) + 1, site };
}

/** The value that stays (SPEC Y-51): the higher version, of two equal ones the higher site's. */
export function laterVersion<Value extends Versioned>(a: Value, b: Value): Value {
  if (a.version !== b.version) return a.version > b.version ? a : b;
  return a.site >= b.site ? a : b;
}

/** Money goes back only from the site that took it (SPEC Y-53); the other one asks, once however often. */
export function refundStep(
  site: number,
  payment: {
    /** The site that took the money. */
    readonly site: number;
    readonly refund: 'none' | 'asked' | 'carried_out';
  },
): 'carry_out' | 'ask' | 'nothing' {
  if (payment.refund === 'carried_out') return 'nothing';
  if (payment.site === site) return 'carry_out';
  return payment.refund === 'none' ? 'ask' : 'nothing';
}

/** A pass that was ended at a site, as its fact tells. */
export interface Ending {
  readonly status: 'revoked' | 'refunded';
  readonly site: number;
  /** What that site had of the scans of others. */
  readonly scansTaken: ScansTaken;
}

/** A green entry, as its fact tells. */
export interface EntryFact {
  readonly scanId: ScanId;
  readonly site: number;
  /** Its number in its site's stream of scans. */
  readonly no: number;
  /** Of a scan that a device decided alone: what the pass was when it was merged (`MergedAlone`). */
  readonly mergeStatus: PassStatus | null;
}

export interface EntryAfterEnding {
  readonly kind: 'admitted_after_revocation' | 'admitted_after_refund';
  readonly scanId: ScanId;
}

/**
 * The entries of a pass that nobody had heard of where the pass was ended (SPEC Y-54): judged at the other site and not taken yet, or
 * decided by a device alone and merged after the end. No clock is asked, so an entry a little before the end is reported, too.
 */
export function entriesAfterEnding(
  ending: Ending,
  entries: readonly EntryFact[],
): EntryAfterEnding[] {
  const kind = ending.status === 'revoked' ? 'admitted_after_revocation' : 'admitted_after_refund';
  const known = new Map(ending.scansTaken.map(({ site, scansNo }) => [site, scansNo]));
  return entries
    .filter(({ site, no, mergeStatus }) =>
      site === ending.site ? mergeStatus === ending.status : no > (known.get(site) ?? 0),
    )
    .map(({ scanId }) => ({ kind, scanId }));
}
