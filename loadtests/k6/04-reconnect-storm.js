import { crowd, playDevice, playWall } from './lib/crowd.js';
import { correctness } from './lib/metrics.js';

export { setup } from './lib/crowd.js';
export { handleSummary } from './lib/summary.js';

export const options = {
  scenarios: crowd(),
  // Who is cut comes back at a moment of its own within a second, and then has a line as soon as the other process can give it.
  thresholds: { ...correctness, reconnect_ms: ['p(95)<3000', 'max<8000'] },
};

/** All have their line to the first process: it is the one that dies. */
const first = () => 0;

export const device = (data) => playDevice(data, first);
export const wall = (data) => playWall(data, first);
