import exec from 'k6/execution';
import { settings, shared } from './data.js';
import { Device } from './device.js';
import { Wall } from './wall.js';

const { realtimeUrls: urls, deviceTokens, ticket, totals, walls } = settings;
const { settleMs, durationMs, endWithinMs } = settings;

/** The scans of each device, as `src/k6/plan-doors.ts` planned them. */
const plans = shared('scans');

/** A VU for each device of the plan and for each wall: they run `device` and `wall` of the script. */
export function crowd() {
  const maxDuration = `${(settleMs + durationMs + endWithinMs) / 1000 + 30}s`;
  const each = { executor: 'per-vu-iterations', iterations: 1, maxDuration };
  return {
    devices: { ...each, vus: plans.length, exec: 'device' },
    walls: { ...each, vus: walls, exec: 'wall' },
  };
}

/** All begin together, when every VU is there. */
export function setup() {
  return { startAt: Date.now() + settleMs };
}

/** `placeOf(number)`: with which of the realtime processes the device of this number begins. */
export function playDevice({ startAt }, placeOf) {
  const number = exec.scenario.iterationInTest;
  const plan = plans[number];
  let next = 0;
  new Device({
    ...{ urls, place: placeOf(number), token: deviceTokens[number] },
    giveUpAt: startAt + durationMs + endWithinMs,
    next() {
      const scan = plan[next++];
      return scan && { ...scan, dueAt: startAt + scan.dueMs };
    },
  });
}

export function playWall({ startAt }, placeOf) {
  const place = placeOf(exec.scenario.iterationInTest);
  new Wall({ urls, place, ticket, totals, giveUpAt: startAt + durationMs + endWithinMs });
}
