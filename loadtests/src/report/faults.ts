import type { LogAudit } from '../database/check-log.ts';
import type { Round } from '../session.ts';

/** What must not happen, however fast it is. All zero and empty when a run is sound. */
export interface Faults {
  readonly doubleAdmissions: number;
  /** Scans without a verdict. */
  readonly lost: number;
  /** Verdicts that the rules do not give: `expected -> answered`, and how often. */
  readonly wrong: Record<string, number>;
  /** Answers that the log does not confirm. */
  readonly notInLog: number;
  /** Scans that were answered more than once. */
  readonly answeredTwice: number;
  /** Area counters that are not the sum of the log. */
  readonly wrongCounters: number;
  /** Frames that walls missed without being told, walls that were closed, and walls whose totals are not the log's. */
  readonly feedGaps: number;
  readonly wallsClosed: number;
  readonly wrongTotals: number;
}

export function faultsOf(rounds: readonly Round[], audit: LogAudit, wrongTotals: number): Faults {
  const total = (value: (round: Round) => number) =>
    rounds.reduce((sum, round) => sum + value(round), 0);
  const wrong: Record<string, number> = {};
  for (const { answers } of rounds) {
    for (const [what, count] of Object.entries(answers.wrong))
      wrong[what] = (wrong[what] ?? 0) + count;
  }
  return {
    doubleAdmissions: Math.max(
      audit.doubleAdmissions,
      total(({ answers, log }) => Math.max(answers.doubleAdmissions, log.doubleAdmissions)),
    ),
    lost: total(({ answers }) => answers.lost),
    wrong,
    notInLog: total(({ log }) => log.different),
    answeredTwice: total(({ outcome }) => outcome.answeredTwice),
    wrongCounters: audit.wrongCounters,
    feedGaps: total(({ watched }) => watched?.gaps ?? 0),
    wallsClosed: total(({ watched }) => watched?.closed ?? 0),
    wrongTotals,
  };
}

/** In words; empty when there are none. */
export function describeFaults(faults: Faults): string[] {
  const { wrong, ...counts } = faults;
  return [
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${what}: ${count}`),
    ...Object.entries(wrong).map(([what, count]) => `wrong verdict, ${what}: ${count}`),
  ];
}
