import { setTimeout as pause } from 'node:timers/promises';
import type { LiveTotals } from '@catraca/protocol';

/** Walls show within this time (ms) all that was answered. */
const settledWithinMs = 5_000;

/** Walls whose totals are not those of the log, once they had time to hear of all. One, when none shows any. */
export async function settledTotals(
  logged: LiveTotals,
  readShown: () => Promise<readonly LiveTotals[]>,
): Promise<number> {
  const wanted = JSON.stringify(logged);
  const deadline = performance.now() + settledWithinMs;
  while (true) {
    const shown = await readShown();
    const wrong = shown.filter(
      ({ admitted, exited, refused }) => JSON.stringify({ admitted, exited, refused }) !== wanted,
    );
    const blank = shown.length === 0 ? 1 : 0;
    if (wrong.length + blank === 0 || performance.now() > deadline) return wrong.length + blank;
    await pause(100);
  }
}
