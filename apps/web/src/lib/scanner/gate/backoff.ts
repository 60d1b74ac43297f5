/** First wait before a new connection (ms), doubled each time up to the longest. */
const waitFirstMs = 250;
const waitMaxMs = 4_000;

/**
 * How long to wait before try number `attempt` (from 0), ms. `random` is 0 to 1: half of the wait is left to it,
 * so that a hall full of scanners does not come back in the same instant.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(waitMaxMs, waitFirstMs * 2 ** attempt);
  return full * (0.5 + 0.5 * random);
}
