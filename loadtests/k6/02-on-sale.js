import { sleep } from 'k6';
import exec from 'k6/execution';
import { payFor } from './lib/buy.js';
import { settings, shared } from './lib/data.js';
import {
  busy,
  correctness,
  notServed,
  ordersPaid,
  purchaseMs,
  soldOut,
  wrongSales,
} from './lib/metrics.js';
import { shopAt } from './lib/trpc.js';
import { Place } from './lib/waiting-room.js';

export { handleSummary } from './lib/summary.js';

/** Ids of the seats of each row, the best row first. */
const rows = shared('rows');
const { webUrl, slug, hotTypeNo, seatedTypeNo, people, arriveMs, durationMs } = settings;

const unitsEach = 2;
/** A buyer whose seats are gone looks for others so often. */
const seatTriesMax = 8;
const busyPauseS = 0.3;
/** People look before they choose; the door of the shop knows who went in no sooner than after a fifth of a second. */
const chooseS = 1;

export const options = {
  scenarios: {
    buyers: {
      ...{ executor: 'per-vu-iterations', vus: people, iterations: 1 },
      maxDuration: `${durationMs / 1000 + 30}s`,
    },
  },
  thresholds: {
    ...correctness,
    // Once it is their turn.
    purchase_ms: ['p(50)<2000', 'p(95)<5000'],
    'http_req_duration{name:hold.place}': ['p(95)<1500'],
  },
};

export function setup() {
  return { startAt: Date.now() };
}

/** All come before the room opens or soon after, wait for their turn, and buy: half of them the hot type, half of them seats. */
export default async function ({ startAt }) {
  const number = exec.scenario.iterationInTest;
  sleep((arriveMs * ((number * 0.618) % 1)) / 1000);
  const shop = shopAt(webUrl, `198.18.${Math.floor(number / 250)}.${(number % 250) + 1}`);
  shop.page(`/events/${slug}`, 'event page');
  const place = new Place(shop, slug);
  const joined = await place.join();
  if (!joined.ok) return fail(number, 'join', joined);
  if (!place.waitUntilCalled(startAt + durationMs)) return notServed.add(1);
  const entered = await place.enter();
  if (!entered.ok) return fail(number, 'enter', entered);
  sleep(chooseS * (0.5 + Math.random()));
  const startedAt = Date.now();
  const held = number % 2 === 0 ? await holdHot(shop, place) : await holdSeats(shop, place);
  if (!held.ok) {
    return isSoldOut(held) ? soldOut.add(1) : fail(number, 'hold', held);
  }
  const bought = payFor(shop, { name: `Buyer ${number}`, email: `buyer-${number}@example.com` });
  if (!bought.ok || bought.tickets.length !== unitsEach) return fail(number, 'pay', bought);
  ordersPaid.add(1);
  purchaseMs.add(Date.now() - startedAt);
}

function isSoldOut({ refusal }) {
  return ['sold_out', 'not_enough', 'seat_taken'].includes(refusal);
}

function fail(number, what, answer) {
  console.error(`buyer ${number}, ${what}: ${JSON.stringify(answer)}`);
  wrongSales.add(1);
}

function holdHot(shop, place) {
  return hold(shop, place, [{ typeNo: hotTypeNo, quantity: unitsEach }]);
}

/** Looks which seats are free, takes two beside each other near the front, and looks again when somebody was quicker. */
async function holdSeats(shop, place) {
  let held;
  for (let tried = 0; tried < seatTriesMax; tried++) {
    const taken = shop.ask('event.takenSeats', { slug, typeNo: seatedTypeNo });
    if (!taken.ok) return taken;
    const gone = new Set([...taken.value.held, ...taken.value.sold]);
    const seatIds = chooseSeats(gone);
    held = await hold(shop, place, [{ typeNo: seatedTypeNo, seatIds }]);
    if (held.ok || held.refusal !== 'seat_taken') return held;
  }
  return held;
}

function chooseSeats(gone) {
  for (const row of rows) {
    const pairs = row.slice(1).map((seat, index) => [row[index], seat]);
    const free = pairs.filter((pair) => pair.every((seat) => !gone.has(seat)));
    if (free.length > 0) return free[Math.floor(Math.random() * free.length)];
  }
  return rows[0].slice(0, unitsEach);
}

async function hold(shop, place, lines) {
  while (true) {
    const held = shop.tell('hold.place', { slug, lines, proof: await place.prove('hold') });
    if (held.ok || held.refusal !== 'busy') return held;
    busy.add(1);
    sleep(busyPauseS);
  }
}
