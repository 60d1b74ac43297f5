import { assert } from '../assert.ts';
import type { ScanId } from '../ids/brands.ts';

/**
 * Scans a device decided alone and no site has acknowledged yet, oldest first. A device stores it before it shows a verdict, and
 * after each acknowledgement; what it sends again after a crash has the same scan ids, so it counts once (SPEC A-1). An attempt that
 * was sent and not answered gets a new id when it is decided alone, and names the first (`instead`): the site may have refused it.
 */
export interface Outbox<Scan extends { readonly scanId: ScanId }> {
  readonly scans: readonly Scan[];
}

export const emptyOutbox: Outbox<never> = { scans: [] };

/** With one scan more; the same when it is in there already. */
export function queued<Scan extends { readonly scanId: ScanId }>(
  outbox: Outbox<Scan>,
  scan: Scan,
): Outbox<Scan> {
  if (outbox.scans.some(({ scanId }) => scanId === scan.scanId)) return outbox;
  return { scans: [...outbox.scans, scan] };
}

/** What to send now: the oldest, at most `max`. They stay until they are acknowledged. */
export function nextUpload<Scan extends { readonly scanId: ScanId }>(
  outbox: Outbox<Scan>,
  max: number,
): readonly Scan[] {
  assert(max >= 1, 'an upload has at least one scan');
  return outbox.scans.slice(0, max);
}

/** Without those a site has stored. Ids that are not in there change nothing: an answer may come twice, or late. */
export function acknowledged<Scan extends { readonly scanId: ScanId }>(
  outbox: Outbox<Scan>,
  scanIds: readonly ScanId[],
): Outbox<Scan> {
  const stored = new Set(scanIds);
  const scans = outbox.scans.filter(({ scanId }) => !stored.has(scanId));
  return scans.length === outbox.scans.length ? outbox : { scans };
}
