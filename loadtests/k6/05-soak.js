import exec from 'k6/execution';
import { buy } from './lib/buy.js';
import { settings, shared } from './lib/data.js';
import { Device } from './lib/device.js';
import { correctness, ordersPaid, purchaseMs, wrongSales } from './lib/metrics.js';
import { shopAt } from './lib/trpc.js';
import { Wall } from './lib/wall.js';

export { handleSummary } from './lib/summary.js';

/** The codes of each device's own people. */
const codes = shared('codes');
const { realtimeUrls, deviceTokens, checkpoints, walls, scansPerDevice, everyMs } = settings;
const { settleMs, durationMs, endWithinMs, runAt } = settings;
const maxDuration = `${(settleMs + durationMs + endWithinMs) / 1000 + 30}s`;
const each = { executor: 'per-vu-iterations', iterations: 1, maxDuration };

export const options = {
  scenarios: {
    devices: { ...each, vus: codes.length, exec: 'device' },
    walls: { ...each, vus: walls, exec: 'wall' },
    buyers: {
      ...{ executor: 'constant-arrival-rate', rate: 1, timeUnit: '1s', exec: 'buyer' },
      ...{ startTime: `${settleMs}ms`, duration: `${durationMs}ms` },
      ...{ preAllocatedVUs: 5, maxVUs: 20 },
    },
  },
  thresholds: {
    ...correctness,
    verdict_ms: ['p(50)<25', 'p(95)<150', 'p(99)<500'],
    purchase_ms: ['p(95)<3000'],
  },
};

export function setup() {
  return { startAt: Date.now() + settleMs };
}

/** One in twenty is a stranger. */
const strangerEvery = 20;

/** The people of a device come in one after the other, then go out in the same order, and so on to the end. */
export function device({ startAt }) {
  const number = exec.scenario.iterationInTest;
  const own = codes[number];
  let [made, crossed] = [0, 0];
  const person = () => {
    const isIn = Math.floor(crossed / own.length) % 2 === 1;
    const code = own[crossed % own.length];
    crossed += 1;
    return isIn
      ? { code, direction: 'exit', expected: ['exited'] }
      : { code, direction: 'entry', expected: ['admitted'] };
  };
  const stranger = () => ({
    ...{ code: `https://elsewhere.example/${number}/${made}` },
    ...{ direction: 'entry', expected: ['unknown_code'] },
  });
  new Device({
    ...{ urls: realtimeUrls, place: number, token: deviceTokens[number] },
    giveUpAt: startAt + durationMs + endWithinMs,
    next() {
      if (made === scansPerDevice) return undefined;
      // Not all devices at the same moment.
      const dueAt = startAt + (made + number / codes.length) * everyMs;
      const id = scanIdOf(made * codes.length + number);
      made += 1;
      const scan = made % strangerEvery === 0 ? stranger() : person();
      return { ...scan, id, dueAt, checkpointId: checkpoints[number] };
    },
  });
}

/** As `src/generator/scan-ids.ts` makes them. */
function scanIdOf(index) {
  const [time, number] = [runAt, index].map((part) => part.toString(16).padStart(12, '0'));
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number}`;
}

export function wall({ startAt }) {
  new Wall({
    ...{ urls: realtimeUrls, place: exec.scenario.iterationInTest, ticket: settings.ticket },
    ...{ totals: settings.totals, giveUpAt: startAt + durationMs + endWithinMs },
  });
}

export function buyer() {
  const number = exec.scenario.iterationInTest;
  const shop = shopAt(settings.webUrl, `198.51.${Math.floor(number / 250) % 250}.${number % 250}`);
  const startedAt = Date.now();
  shop.page(`/events/${settings.slug}`, 'event page');
  const lines = [{ typeNo: settings.typeNo, quantity: 2 }];
  const name = `Buyer ${number}`;
  const bought = buy(shop, settings.slug, lines, { name, email: `buyer-${number}@example.com` });
  if (bought.ok && bought.tickets.length === 2) {
    ordersPaid.add(1);
    purchaseMs.add(Date.now() - startedAt);
  } else {
    console.error(`buyer ${number}: ${JSON.stringify(bought)}`);
    wrongSales.add(1);
  }
}
