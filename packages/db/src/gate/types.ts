import type {
  AreaId,
  CheckpointId,
  ConflictKind,
  DeviceFacts,
  DeviceId,
  Direction,
  EventId,
  ParsedCode,
  PassId,
  ScanId,
  TypeId,
  VenueRules,
  Verdict,
  Verification,
} from '@catraca/domain';

/** What a device that was alone decided, and when by its corrected clock, ms since 1970. */
export interface AloneClaim {
  readonly verdict: Verdict;
  readonly at: number;
}

export interface NewConflict {
  readonly eventId: EventId;
  readonly passId: PassId;
  readonly kind: ConflictKind;
  readonly scanId: ScanId;
  /** The entry it collides with; null for what is not a double entry. */
  readonly otherScanId: ScanId | null;
}

/** A scan as it is brought before the gate. */
export interface GateScan {
  readonly scanId: ScanId;
  readonly code: ParsedCode;
  /** What was read. Of a code that stands for no pass its SHA-256 is kept, nothing else of it ever is. */
  readonly codeText: string;
  /** Null until it was asked for, which a token needs only when it is not the stored one. */
  readonly verification: Verification | null;
  readonly checkpointId: CheckpointId;
  readonly direction: Direction;
  /** The device's own clock, ms since 1970. */
  readonly scannedAt: number;
  /** Null where the gate is to decide. */
  readonly alone: AloneClaim | null;
  readonly device: DeviceFacts & { readonly id: DeviceId };
  /** Of the device's event. */
  readonly rules: VenueRules;
}

/** A row of the log. Times in ms since 1970. */
export interface StoredScan {
  readonly scanId: ScanId;
  readonly at: number;
  readonly eventId: EventId;
  readonly deviceId: DeviceId;
  readonly checkpointId: CheckpointId;
  readonly direction: Direction;
  readonly verdict: Verdict;
  /** Null when the code stands for no pass that is known here. */
  readonly passId: PassId | null;
  /** Number of the crossing it was decided on, 0 for none yet; null without a pass. */
  readonly seenNo: number | null;
}

/** A row to be written: what is stored, and what only the log needs. */
export interface NewScan extends StoredScan {
  readonly scannedAt: number;
  /** Of a credential: whoever crosses is staff. */
  readonly isStaff: boolean;
  readonly crossing: {
    readonly crossingNo: number;
    readonly fromArea: AreaId;
    readonly toArea: AreaId;
    readonly entries: number;
    readonly day: number;
    readonly dayEntries: number;
  } | null;
  /** SHA-256 of a code that stands for no pass. */
  readonly unknownCode: Uint8Array | null;
  /** Decided by the device; then `scannedAt` is by its corrected clock. */
  readonly alone: boolean;
  /** A green that moves nobody. */
  readonly uncounted: boolean;
}

/** A crossing, for the person at the gate to check a story against. */
export interface Use {
  /** Ms since 1970. */
  readonly at: number;
  readonly checkpointId: CheckpointId;
}

/** What an answer tells about the pass of a scan. Personal data: for the device that scanned, never for a log. */
export interface PassDetails {
  readonly typeId: TypeId;
  /** The holder's name, sealed: `openText` opens it where it is told. */
  readonly holder: Uint8Array;
  readonly seat: { readonly section: string; readonly row: string; readonly number: number } | null;
  /** The first entry that counts against the pass (of that day, for `once_per_day`), and its last crossing; for refusals that speak of use. */
  readonly first: Use | null;
  readonly last: Use | null;
}

/**
 * `judged`: stored, now or when this id came first (`isNew`); `pass` is null when the scan concerns no pass of the device's event.
 * `unverified`: nothing is stored yet; the token is not one that is stored here, so ask who signed it and come again.
 * `foreign_scan_id`: the id belongs to a scan of another event.
 */
export type Judgement =
  | {
      readonly kind: 'judged';
      readonly scan: StoredScan;
      readonly pass: PassDetails | null;
      readonly isNew: boolean;
      /** For what a device decided alone: the conflict this scan is part of. Null where there is none, and for all others. */
      readonly conflict: ConflictKind | null;
    }
  | { readonly kind: 'unverified' }
  | { readonly kind: 'foreign_scan_id' };
