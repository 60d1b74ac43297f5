/*
 * The scan ids of one run: UUIDv7 of the time (ms since 1970) at which the run was prepared, with the number of the
 * scan, from 0, where a device puts random bits. So an answer or a row of the log tells which scan it is of.
 */

export function scanIdOf(runAt: number, index: number): string {
  const time = runAt.toString(16).padStart(12, '0');
  const number = index.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number}`;
}

/** Whether a scan is of this run. What an earlier run left unanswered may still be answered in the next. */
export function isOfRun(scanId: string, runAt: number): boolean {
  return Number.parseInt(scanId.slice(0, 8) + scanId.slice(9, 13), 16) === runAt;
}

export function scanIndexOf(scanId: string): number {
  return Number.parseInt(scanId.slice(24), 16);
}
