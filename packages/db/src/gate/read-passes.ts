import type {
  Admission,
  AreaId,
  CheckpointId,
  EntryPolicy,
  EventId,
  ParsedCode,
  PassFacts,
  PassId,
  PassStatus,
  TokenCode,
  TypeId,
} from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';
import { type HolderRow, seatOf } from './read-details.ts';
import type { PassDetails } from './types.ts';

/** A medium's row; the claims of a barcode are null. */
export interface FoundMedium {
  readonly state: 'active' | 'dead';
  readonly keyId: number | null;
  readonly issuedAt: number;
  readonly signature: Uint8Array | null;
  readonly policyKind: EntryPolicy['kind'] | null;
  readonly policyCount: number | null;
  readonly areaMask: number | null;
  readonly dayMask: number | null;
  /** Ms since 1970; null while it lives. */
  readonly diedAt: number | null;
}

/** A pass, the medium that was read (null when the pass has none of that number), its last crossing, and what an answer tells of it. */
export interface FoundPass extends PassFacts {
  readonly passId: PassId;
  readonly typeNo: number;
  /** A credential's holder is staff, and counted apart from visitors. */
  readonly kind: 'ticket' | 'credential';
  readonly medium: FoundMedium | null;
  /** Sealed: opened where it is told. */
  readonly holder: Uint8Array;
  readonly seat: PassDetails['seat'];
  /** Where its last crossing was; null when it has none. */
  readonly lastCheckpointId: CheckpointId | null;
}

interface PassRow extends Omit<FoundMedium, 'state' | 'diedAt'>, HolderRow {
  n: number;
  passId: bigint;
  eventId: bigint;
  typeId: bigint;
  typeNo: number;
  kind: FoundPass['kind'];
  status: PassStatus;
  state: 'active' | 'dead' | null;
  diedAt: Date | null;
  crossingNo: number | null;
  at: Date;
  toArea: bigint;
  verdict: Admission;
  entries: number;
  day: number;
  dayEntries: number;
  checkpointId: bigint;
}

/** What a code is looked up by: equal keys are the same medium. Undefined when there is nothing to look up. */
export function mediumKey(code: ParsedCode): string | undefined {
  if (code.kind === 'token') return `${code.claims.passId}/${code.claims.mediumNo}`;
  return code.kind === 'barcode' ? code.number : undefined;
}

/**
 * The passes these codes name, with the state a decision needs, in one statement: by `mediumKey`, and missing where there is
 * none. A signature is not looked at here: see `isStored`.
 */
export async function readPasses(
  db: GateDb,
  codes: readonly ParsedCode[],
): Promise<Map<string, FoundPass>> {
  const asked = new Map<string, ParsedCode>();
  for (const code of codes) {
    const key = mediumKey(code);
    if (key !== undefined) asked.set(key, code);
  }
  const keys = [...asked.keys()];
  const found = new Map<string, FoundPass>();
  if (keys.length === 0) return found;
  for (const row of await selectPasses(db, [...asked.values()])) {
    const key = keys[row.n - 1];
    if (key !== undefined) found.set(key, passOf(row));
  }
  return found;
}

function selectPasses(db: GateDb, codes: readonly ParsedCode[]) {
  const claims = codes.map((code) => (code.kind === 'token' ? code.claims : null));
  const passIds = arrayLiteral(claims.map((claim) => claim?.passId ?? null));
  const mediumNos = arrayLiteral(claims.map((claim) => claim?.mediumNo ?? null));
  const numbers = arrayLiteral(codes.map((code) => (code.kind === 'barcode' ? code.number : null)));
  return db<PassRow[]>`
    select q.n::int, p.id as "passId", p.event_id as "eventId", p.type_id as "typeId", y.no as "typeNo", p.kind, p.status,
      coalesce(qr.state, bar.state) as state, qr.key_id as "keyId", qr.signature,
      coalesce(qr.issued_at, bar.issued_at) as "issuedAt", coalesce(qr.died_at, bar.died_at) as "diedAt",
      qr.policy_kind as "policyKind", qr.policy_count as "policyCount",
      qr.area_mask as "areaMask", qr.day_mask as "dayMask",
      c.crossing_no as "crossingNo", c.at, c.to_area as "toArea", c.verdict,
      c.entries, c.day, c.day_entries as "dayEntries", c.checkpoint_id as "checkpointId",
      h.name as holder, t.section, t.row, t.number
    from unnest(${passIds}::bigint[], ${mediumNos}::smallint[], ${numbers}::text[])
      with ordinality as q (pass_id, medium_no, number, n)
    left join media bar on bar.code = q.number
    join passes p on p.id = coalesce(q.pass_id, bar.pass_id)
    join pass_types y on y.id = p.type_id
    join persons h on h.id = p.holder_id
    left join seats t on t.id = p.seat_id
    left join media qr on qr.pass_id = q.pass_id and qr.no = q.medium_no and qr.kind = 'qr'
    left join lateral (
      select s.crossing_no, case when s.alone then s.scanned_at else s.at end as at, s.to_area, s.verdict, s.entries, s.day, s.day_entries, s.checkpoint_id
      from scans s
      where s.pass_id = p.id and s.crossing_no is not null
      order by s.crossing_no desc
      limit 1
    ) c on true`;
}

function passOf(row: PassRow): FoundPass {
  const { state, keyId, issuedAt, signature, policyKind, policyCount, areaMask, dayMask } = row;
  const medium: FoundMedium | null = state && {
    state,
    keyId,
    issuedAt,
    signature,
    policyKind,
    policyCount,
    areaMask,
    dayMask,
    diedAt: row.diedAt?.getTime() ?? null,
  };
  return {
    passId: row.passId as PassId,
    eventId: row.eventId as EventId,
    typeId: row.typeId as TypeId,
    typeNo: row.typeNo,
    kind: row.kind,
    status: row.status,
    needsAttention: false,
    medium,
    holder: row.holder,
    seat: seatOf(row),
    lastCheckpointId: row.crossingNo === null ? null : (row.checkpointId as CheckpointId),
    last:
      row.crossingNo === null
        ? null
        : {
            crossingNo: row.crossingNo,
            at: row.at.getTime(),
            toArea: row.toArea as AreaId,
            verdict: row.verdict,
            entries: row.entries,
            day: row.day,
            dayEntries: row.dayEntries,
          },
  };
}

/**
 * Whether this token is, bit for bit, one that was issued. Ed25519 is deterministic, so equality proves what a verification
 * would, at a thousandth of its cost. The claims are compared too: a signature is public, and could be put under others.
 */
export function isStored(token: TokenCode, pass: FoundPass): boolean {
  const { claims, signature } = token;
  const { medium } = pass;
  if (medium === null || medium.signature === null) return false;
  if (Buffer.compare(medium.signature, signature) !== 0) return false;
  return (
    claims.keyId === medium.keyId &&
    claims.eventId === pass.eventId &&
    claims.passId === pass.passId &&
    claims.typeNo === pass.typeNo &&
    claims.policy.kind === medium.policyKind &&
    (claims.policy.kind === 'n_times' ? claims.policy.n : null) === medium.policyCount &&
    claims.areas === medium.areaMask &&
    claims.days === medium.dayMask &&
    claims.issuedAt === medium.issuedAt
  );
}
