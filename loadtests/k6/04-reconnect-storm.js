import exec from 'k6/execution';
import { settings, shared } from './lib/data.js';
import { Device } from './lib/device.js';
import { correctness } from './lib/metrics.js';
import { Wall } from './lib/wall.js';

export { handleSummary } from './lib/summary.js';

const plans = shared('scans');
const { realtimeUrls, deviceTokens, walls, settleMs, durationMs, endWithinMs } = settings;
const maxDuration = `${(settleMs + durationMs + endWithinMs) / 1000 + 30}s`;
const each = { executor: 'per-vu-iterations', iterations: 1, maxDuration };

export const options = {
  scenarios: {
    devices: { ...each, vus: plans.length, exec: 'device' },
    walls: { ...each, vus: walls, exec: 'wall' },
  },
  // Who is cut comes back at a moment of its own within a second, and then has a line as soon as the other process can give it.
  thresholds: { ...correctness, reconnect_ms: ['p(95)<3000', 'max<8000'] },
};

export function setup() {
  return { startAt: Date.now() + settleMs };
}

/** All have their line to the first process: it is the one that dies. */
export function device({ startAt }) {
  const number = exec.scenario.iterationInTest;
  const plan = plans[number];
  let next = 0;
  new Device({
    ...{ urls: realtimeUrls, place: 0, token: deviceTokens[number] },
    giveUpAt: startAt + durationMs + endWithinMs,
    next() {
      const scan = plan[next++];
      return scan && { ...scan, dueAt: startAt + scan.dueMs };
    },
  });
}

export function wall({ startAt }) {
  new Wall({
    ...{ urls: realtimeUrls, place: 0, ticket: settings.ticket, totals: settings.totals },
    giveUpAt: startAt + durationMs + endWithinMs,
  });
}
