import { type ConflictKind, isAdmission, type ScanId, type Verdict } from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { Claim } from './decide-alone.ts';
import type { GateDb } from './open-gate-db.ts';
import type { NewConflict, StoredScan } from './types.ts';
import { insertConflicts } from './write-scans.ts';

/** Refusals that, unheard, let somebody in a second time or after the end. */
const conflictAfter: Partial<Record<Verdict, ConflictKind>> = {
  already_used: 'double_entry',
  already_inside: 'double_entry',
  too_many_entries: 'double_entry',
  revoked: 'admitted_after_revocation',
  refunded: 'admitted_after_refund',
};

/**
 * The conflicts of claims whose scans are stored: those there are, and those of scans that the server had refused before the device,
 * which did not hear it, gave a green of its own (SPEC D-8).
 */
export async function tellUnheard(
  db: GateDb,
  claims: readonly Claim[],
  stored: ReadonlyMap<ScanId, StoredScan>,
): Promise<NewConflict[]> {
  if (claims.length === 0) return [];
  const unheard = claims.flatMap((claim) => unheardBy(claim, stored.get(claim.scanId)));
  const entries = await selectEntries(
    db,
    unheard.flatMap(({ scanId }) => stored.get(scanId) ?? []),
  );
  const found = unheard.flatMap((conflict): NewConflict[] => {
    if (conflict.kind !== 'double_entry') return [conflict];
    const otherScanId = entries.get(conflict.scanId);
    return otherScanId === undefined ? [] : [{ ...conflict, otherScanId }];
  });
  if (found.length > 0) await db`with ${insertConflicts(db, found)} select count(*) from told`;
  return selectConflicts(
    db,
    claims.map(({ scanId }) => scanId),
  );
}

/** The conflict that this scan is part of. */
export function conflictOf(scanId: ScanId, conflicts: readonly NewConflict[]): ConflictKind | null {
  const isPart = (conflict: NewConflict) =>
    conflict.scanId === scanId || conflict.otherScanId === scanId;
  return conflicts.find(isPart)?.kind ?? null;
}

function unheardBy(claim: Claim, stored: StoredScan | undefined): NewConflict[] {
  const kind = stored && conflictAfter[stored.verdict];
  if (!isAdmission(claim.alone.verdict) || !kind || stored.passId === null) return [];
  // Of another event, or a refusal that its device gave alone: nobody was let in.
  if (stored.eventId !== claim.rules.eventId || stored.deviceId !== claim.device.id) return [];
  const { eventId, passId, scanId } = stored;
  return [{ eventId, passId, scanId, kind, otherScanId: null }];
}

/** The entry on which each of these refusals was decided: the last crossing into the venue, or further in, that it had seen. */
async function selectEntries(
  db: GateDb,
  refusals: readonly StoredScan[],
): Promise<Map<ScanId, ScanId>> {
  if (refusals.length === 0) return new Map();
  const rows = await db<{ scanId: string; otherScanId: string }[]>`
    select q.scan_id as "scanId", e.scan_id as "otherScanId"
    from unnest(
      ${arrayLiteral(refusals.map(({ scanId }) => scanId))}::uuid[],
      ${arrayLiteral(refusals.map(({ passId }) => passId))}::bigint[],
      ${arrayLiteral(refusals.map(({ seenNo }) => seenNo))}::int[]
    ) as q (scan_id, pass_id, seen_no)
    join lateral (
      select c.scan_id from scans c
      where c.pass_id = q.pass_id and c.crossing_no <= q.seen_no and c.crossing_no is not null and c.verdict = 'admitted'
      order by c.crossing_no desc
      limit 1
    ) e on true`;
  return new Map(rows.map((row) => [row.scanId as ScanId, row.otherScanId as ScanId]));
}

async function selectConflicts(db: GateDb, scanIds: readonly ScanId[]): Promise<NewConflict[]> {
  const ids = arrayLiteral(scanIds);
  return db<NewConflict[]>`
    select c.event_id as "eventId", c.pass_id as "passId", c.kind, c.scan_id as "scanId", c.other_scan_id as "otherScanId"
    from conflicts c
    where c.scan_id = any(${ids}::uuid[]) or c.other_scan_id = any(${ids}::uuid[])`;
}
