import exec from 'k6/execution';
import { settings, shared } from './lib/data.js';
import { Device } from './lib/device.js';
import { correctness } from './lib/metrics.js';
import { Wall } from './lib/wall.js';

export { handleSummary } from './lib/summary.js';

const plans = shared('scans');
const { realtimeUrls, deviceTokens, walls, settleMs, durationMs, endWithinMs } = settings;
const maxDuration = `${(settleMs + durationMs + endWithinMs) / 1000 + 10}s`;
const each = { executor: 'per-vu-iterations', iterations: 1, maxDuration };

export const options = {
  scenarios: {
    gates: { ...each, vus: plans.length, exec: 'gate' },
    ...(walls > 0 && { walls: { ...each, vus: walls, exec: 'wall' } }),
  },
  thresholds: { ...correctness, verdict_ms: ['p(50)<25', 'p(95)<150', 'p(99)<500'] },
};

/** All begin together, when every VU is there. */
export function setup() {
  return { startAt: Date.now() + settleMs };
}

/** The gates are shared out among the realtime processes. */
export function gate({ startAt }) {
  const number = exec.scenario.iterationInTest;
  const plan = plans[number];
  let next = 0;
  new Device({
    ...{ urls: realtimeUrls, place: number, token: deviceTokens[number] },
    giveUpAt: startAt + durationMs + endWithinMs,
    next() {
      const scan = plan[next++];
      return scan && { ...scan, dueAt: startAt + scan.dueMs };
    },
  });
}

export function wall({ startAt }) {
  new Wall({
    ...{ urls: realtimeUrls, place: exec.scenario.iterationInTest, ticket: settings.ticket },
    ...{ totals: settings.totals, giveUpAt: startAt + durationMs + endWithinMs },
  });
}
