import { crowd, playDevice, playWall } from './lib/crowd.js';
import { correctness } from './lib/metrics.js';

export { setup } from './lib/crowd.js';
export { handleSummary } from './lib/summary.js';

export const options = {
  scenarios: crowd(),
  thresholds: { ...correctness, verdict_ms: ['p(50)<25', 'p(95)<150', 'p(99)<500'] },
};

/** The gates and the walls are shared out among the realtime processes. */
const inTurn = (number) => number;

export const device = (data) => playDevice(data, inTurn);
export const wall = (data) => playWall(data, inTurn);
