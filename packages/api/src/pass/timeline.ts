import type { OwnPass, PassHistory } from '@catraca/db';
import type { Verdict } from '@catraca/domain';

/** The gate writes verdicts of the closed list only. `siteName` is null unless two sites judged the scan (SPEC Y-26): then it is there twice. */
type Scan = Omit<PassHistory['scans'][number], 'verdict' | 'siteName'> & {
  verdict: Verdict;
  siteName: string | null;
};
type Change = PassHistory['changes'][number];
type Refund = PassHistory['refunds'][number];

/** One thing that happened to a pass, or to the order it came with. */
export type TimelineEntry = { at: Date } & (
  | { kind: 'paid'; reference: string }
  | { kind: 'issued' }
  | { kind: 'mailed'; mail: PassHistory['mails'][number]['kind'] }
  | ({ kind: 'refund' } & Omit<Refund, 'at'>)
  /** `memberName` is null for a command at the console. */
  | ({ kind: 'changed'; change: Change['kind'] } & Pick<Change, 'reason' | 'memberName'>)
  | ({ kind: 'scanned' } & Omit<Scan, 'at'>)
);

/** Everything, newest first. What happened at one instant is told in the order it must have had. */
export function timelineOf({ pass, order }: OwnPass, history: PassHistory): TimelineEntry[] {
  const paidAt = order?.paidAt;
  const judgedBy = Map.groupBy(history.scans, ({ scanId }) => scanId);
  const entries: TimelineEntry[] = [
    ...history.scans.map((scan) => ({
      ...scan,
      kind: 'scanned' as const,
      verdict: scan.verdict as Verdict,
      siteName: judgedBy.get(scan.scanId)?.[1] ? scan.siteName : null,
    })),
    ...history.changes.map(({ kind, ...change }) => ({
      ...change,
      kind: 'changed' as const,
      change: kind,
    })),
    ...history.refunds.map((refund) => ({ ...refund, kind: 'refund' as const })),
    ...history.mails.flatMap(({ kind, sentAt }) =>
      sentAt ? [{ kind: 'mailed' as const, at: sentAt, mail: kind }] : [],
    ),
    { kind: 'issued', at: pass.createdAt },
    ...(order && paidAt ? [{ kind: 'paid' as const, at: paidAt, reference: order.reference }] : []),
  ];
  return entries.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}
