const firstRetryMs = 15_000;
const lastRetryMs = 3_600_000;

/** When to try again what was tried `attempts` times: after 15 s, then twice as long each time, at most an hour. */
export function nextAttempt(attempts: number, now: Date): Date {
  const wait = Math.min(firstRetryMs * 2 ** (attempts - 1), lastRetryMs);
  return new Date(now.getTime() + wait);
}
