import type {
  Authority,
  Fact,
  LoggedScan,
  PassId,
  PassStatus,
  ScansTaken,
  ScanId,
  Verdict,
  Versioned,
} from '../../src/index.ts';

/** One ticket of a sale. */
export interface Ticket {
  readonly passId: PassId;
  readonly seat: number | null;
  readonly mediumNo: number;
}

export type SalesBody =
  | {
      readonly kind: 'units_given';
      /** The site that gets them. */
      readonly to: number;
      readonly typeNo: number;
      readonly units: number;
      readonly seats: readonly number[];
    }
  | {
      readonly kind: 'units_asked';
      readonly to: number;
      readonly typeNo: number;
      readonly units: number;
    }
  | {
      readonly kind: 'sold';
      readonly paymentId: string;
      readonly typeNo: number;
      readonly tickets: readonly Ticket[];
    }
  | {
      readonly kind: 'ended';
      readonly passId: PassId;
      readonly status: 'revoked' | 'refunded';
      readonly scansTaken: ScansTaken;
    }
  | { readonly kind: 'refund_asked'; readonly paymentId: string }
  | { readonly kind: 'refund_carried_out'; readonly paymentId: string }
  | { readonly kind: 'renamed'; readonly passId: PassId; readonly name: Name }
  | { readonly kind: 'reissued'; readonly passId: PassId; readonly mediumNo: number }
  | {
      readonly kind: 'accredited';
      readonly passId: PassId;
      readonly person: number;
      readonly grant: Grant;
      readonly mediumNo: number;
    }
  | { readonly kind: 'authority'; readonly authority: Authority };

export interface Name extends Versioned {
  readonly text: string;
}

/** What a credential entitles to. */
export interface Grant extends Versioned {
  readonly typeNo: number;
}

export interface ScanBody extends LoggedScan {
  readonly passId: PassId;
  /** For a scan that a device decided alone: what the site said of it, and of its pass. */
  readonly mergeVerdict: Verdict | null;
  readonly mergeStatus: PassStatus | null;
}

export type SalesFact = Fact<SalesBody>;
export type ScanFact = Fact<ScanBody>;

/** A scan as a device queues it. */
export interface QueuedScan {
  readonly scanId: ScanId;
  readonly instead: ScanId | null;
  readonly passId: PassId;
  readonly mediumNo: number;
  readonly checkpointId: LoggedScan['checkpointId'];
  readonly direction: LoggedScan['direction'];
  /** The device's clock, corrected. */
  readonly at: number;
  readonly verdict: Verdict;
}

/** A code that somebody has. */
export interface Print {
  readonly passId: PassId;
  readonly mediumNo: number;
}

/** The codes that a fact made. */
export function printsIn(body: SalesBody): readonly Print[] {
  if (body.kind === 'sold') {
    return body.tickets.map(({ passId, mediumNo }) => ({ passId, mediumNo }));
  }
  if (body.kind === 'accredited' || body.kind === 'reissued') {
    return [{ passId: body.passId, mediumNo: body.mediumNo }];
  }
  return [];
}
