import { check } from 'k6';
import { buy, codeOf } from './lib/buy.js';
import { settings } from './lib/data.js';
import { Device } from './lib/device.js';
import { correctness, wrongSales } from './lib/metrics.js';
import { shopAt } from './lib/trpc.js';
import { Wall } from './lib/wall.js';

export { handleSummary } from './lib/summary.js';

const answerWithinMs = 10_000;

export const options = {
  scenarios: {
    smoke: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '25s' },
  },
  thresholds: {
    ...correctness,
    checks: ['rate==1'],
    verdict_ms: ['max<1000'],
    'http_req_duration{expected_response:true}': ['max<3000'],
  },
};

/** One buyer, one device, one wall: whoever has this green has everything that the larger ones need. */
export default function () {
  const shop = shopAt(settings.webUrl, '198.51.100.1');
  const page = shop.page(`/events/${settings.slug}`, 'event page');
  check(page, { 'the page of the event is served': ({ status }) => status === 200 });
  const lines = [{ typeNo: settings.typeNo, quantity: 1 }];
  const bought = buy(shop, settings.slug, lines, { name: 'Ada Buyer', email: 'ada@example.com' });
  check(bought, { 'a buyer has a ticket': ({ ok, tickets }) => ok && tickets.length === 1 });
  if (!bought.ok) {
    wrongSales.add(1);
    return;
  }
  scanTwice(codeOf(shop, bought.tickets[0]));
}

/** The second time is refused, and the wall counts both. */
function scanTwice(code) {
  const { realtimeUrls: urls, deviceTokens, ticket, checkpointId, scanIds } = settings;
  const giveUpAt = Date.now() + answerWithinMs;
  const upcoming = [['admitted'], ['already_used']].map((expected, index) => ({
    ...{ id: scanIds[index], dueAt: 0, code, checkpointId, direction: 'entry', expected },
  }));
  const next = () => {
    const scan = upcoming.shift();
    return scan && { ...scan, dueAt: Date.now() };
  };
  new Device({ urls, place: 0, token: deviceTokens[0], next, giveUpAt });
  const totals = { admitted: 1, exited: 0, refused: 1 };
  new Wall({ urls, place: 0, ticket, totals, giveUpAt });
}
