import type {
  AreaId,
  CheckpointId,
  CodeFinding,
  Decision,
  EntryPolicy,
  EventId,
  PassFacts,
  ScanFacts,
  VenueRows,
} from '../src/index.ts';

/** `vectors/token.json`. */
export interface TokenFile {
  keys: { keyId: number; seed: string; publicKey: string }[];
  tokens: {
    title: string;
    claims: { passId: string; eventId: string; policy: EntryPolicy };
    signed: string;
    token: string;
  }[];
  others: { title: string; text: string; kind: string; verification?: string }[];
}

/** `vectors/barcode.json`. */
export interface BarcodeFile {
  numbers: { payload: string; number: string; written: string }[];
  refused: { text: string; problem: string }[];
}

/** `vectors/admission.json`, its ids and instants revived. */
export interface AdmissionFile {
  rules: VenueRows;
  cases: {
    title: string;
    pass: PassFacts | null;
    finding: CodeFinding;
    scan: ScanFacts;
    device: { eventId: EventId; checkpointIds: CheckpointId[] | null };
    occupancy: { areaId: AreaId; people: number }[];
    decision: Decision;
  }[];
}
