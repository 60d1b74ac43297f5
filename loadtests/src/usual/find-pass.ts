import type { KeyObject } from 'node:crypto';
import { schema, type Tx } from '@catraca/db';
import type {
  Admission,
  AreaId,
  CodeFinding,
  Crossing,
  EventId,
  ParsedCode,
  PassFacts,
  PassId,
  TokenCode,
  TypeId,
} from '@catraca/domain';
import { verifyToken } from '@catraca/domain/token/node';
import { and, desc, eq, isNotNull } from 'drizzle-orm';

const { crossingNo, passId } = schema.scans;

type ScanRow = typeof schema.scans.$inferSelect;

export interface UsualPass extends PassFacts {
  readonly id: PassId;
  readonly holderName: string;
  /** The row of its last crossing. */
  readonly lastRow: ScanRow | undefined;
}

export interface Found {
  readonly finding: CodeFinding;
  readonly pass: UsualPass | null;
}

/** The pass of a code, locked until the transaction ends, with its last crossing. */
export async function findPass(
  tx: Tx,
  code: ParsedCode,
  keys: ReadonlyMap<number, KeyObject>,
): Promise<Found> {
  if (code.kind === 'unknown') return { finding: 'unknown_code', pass: null };
  if (code.kind === 'forged') return { finding: 'bad_signature', pass: null };
  const row = await selectPass(tx, code);
  if (row === undefined || (code.kind === 'token' && !isStored(code, row.medium))) {
    return { finding: code.kind === 'token' ? findingOf(code, keys) : 'unknown_code', pass: null };
  }
  const lastRow = await selectLastCrossing(tx, row.pass.id);
  return {
    finding: row.medium.state === 'active' ? 'known' : 'dead_medium',
    pass: {
      id: row.pass.id as PassId,
      eventId: row.pass.eventId as EventId,
      typeId: row.pass.typeId as TypeId,
      status: row.pass.status,
      needsAttention: false,
      holderName: row.holderName,
      last: lastRow ? crossingOf(lastRow) : null,
      lastRow,
    },
  };
}

async function selectPass(tx: Tx, code: Extract<ParsedCode, { kind: 'token' | 'barcode' }>) {
  const { media, passes, persons } = schema;
  const read =
    code.kind === 'barcode'
      ? eq(media.code, code.number)
      : and(eq(media.passId, code.claims.passId), eq(media.no, code.claims.mediumNo));
  const [row] = await tx
    .select({ pass: passes, medium: media, holderName: persons.name })
    .from(media)
    .innerJoin(passes, eq(passes.id, media.passId))
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .where(read)
    .for('update', { of: passes });
  return row;
}

async function selectLastCrossing(tx: Tx, id: bigint): Promise<ScanRow | undefined> {
  const [row] = await tx
    .select()
    .from(schema.scans)
    .where(and(eq(passId, id), isNotNull(crossingNo)))
    .orderBy(desc(crossingNo))
    .limit(1);
  return row;
}

/** The first crossing of a pass, for the answer to a refusal. */
export async function selectFirstCrossing(tx: Tx, id: bigint): Promise<ScanRow | undefined> {
  const [row] = await tx
    .select()
    .from(schema.scans)
    .where(and(eq(passId, id), eq(crossingNo, 1)));
  return row;
}

/** The stored code, bit for bit. */
function isStored(
  { claims, signature }: TokenCode,
  medium: typeof schema.media.$inferSelect,
): boolean {
  return (
    medium.signature !== null &&
    Buffer.compare(medium.signature, signature) === 0 &&
    claims.keyId === medium.keyId &&
    claims.policy.kind === medium.policyKind &&
    claims.areas === medium.areaMask &&
    claims.days === medium.dayMask &&
    claims.issuedAt === medium.issuedAt
  );
}

function findingOf(code: TokenCode, keys: ReadonlyMap<number, KeyObject>): CodeFinding {
  const verification = verifyToken(code, (keyId) => keys.get(keyId));
  return verification === 'valid' ? 'unknown_code' : 'bad_signature';
}

function crossingOf(row: ScanRow): Crossing {
  return {
    crossingNo: row.crossingNo ?? 0,
    at: row.at.getTime(),
    toArea: row.toArea as AreaId,
    verdict: row.verdict as Admission,
    entries: row.entries ?? 0,
    day: row.day ?? 0,
    dayEntries: row.dayEntries ?? 0,
  };
}
