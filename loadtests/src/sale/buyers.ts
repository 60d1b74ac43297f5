/** The load: buyers in a process of its own, told what to do by `measure-sale.ts`. */
import { setTimeout as pause } from 'node:timers/promises';
import { Histogram } from '../measure/histogram.ts';
import { Connection } from './connection.ts';
import { type Report, type RunOrder, type SaleOutcome, type Step, steps } from './orders.ts';
import { type Answer, ours, type Shop, usual } from './shops.ts';

/** Who was refused or told `busy` tries again after this (ms), as a person does; or looks for something else. */
const againMs = 50;

/** How old (ms) the seat map is that buyers choose from: as old as the one on their screens. */
const mapAgeMs = 500;

/** Everybody wants one of the best pairs that are left. */
const bestPairs = 200;

/** With fewer pairs left, seats are not chosen any more but searched for: the run is over. */
const pairsMin = 400;

process.once('message', (order: RunOrder) => {
  new Crowd(order).run().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

function report(what: Report): void {
  process.send?.(what);
}

class Crowd {
  readonly #order: RunOrder;
  readonly #shop: Shop;
  readonly #whole = new Histogram();
  readonly #steps = Object.fromEntries(steps.map((step) => [step, new Histogram()])) as Record<
    Step,
    Histogram
  >;
  readonly #paid: string[] = [];
  readonly #refused: Record<string, number> = {};
  readonly #wrong: Record<string, number> = {};
  #windowFrom = Infinity;
  #windowTo = Infinity;
  #journeys = 0;
  #requests = 0;
  #people = 0;
  #map: { readAt: number; free: Promise<string[][]> } | undefined;

  constructor(order: RunOrder) {
    this.#order = order;
    this.#shop = order.design === 'ours' ? ours : usual;
  }

  async run(): Promise<void> {
    const { buyers, ports, leadMs, windowMs } = this.#order;
    const connections = await Promise.all(
      Array.from({ length: buyers }, (_, no) => Connection.open(ports[no % ports.length] ?? 0)),
    );
    const crowd = connections.map((connection) => this.#shopOn(connection));
    await pause(leadMs);
    if (this.#windowTo === Infinity) {
      this.#windowFrom = performance.now();
      report({ kind: 'window_opened' });
      await Promise.race([pause(windowMs), ...crowd]);
      this.#close();
    }
    await Promise.all(crowd);
    for (const connection of connections) connection.close();
    report({ kind: 'finished', outcome: this.#outcome() });
  }

  #close(): void {
    if (this.#windowTo !== Infinity) return;
    this.#windowTo = performance.now();
    report({ kind: 'window_closed' });
  }

  async #shopOn(buyer: Connection): Promise<void> {
    while (this.#windowTo === Infinity) {
      const person = ++this.#people;
      buyer.becomeNew(`10.${person >> 16}.${(person >> 8) & 255}.${person & 255}`);
      const startedAt = performance.now();
      try {
        const done = await this.#walk(buyer, person);
        if (done === 'sold_out') return;
        if (done === 'again') await pause(againMs);
        else this.#count(this.#whole, startedAt, true);
      } catch (error) {
        const what = error instanceof Error ? error.message : String(error);
        this.#wrong[what] = (this.#wrong[what] ?? 0) + 1;
        if (what === 'the connection was cut') return;
      }
    }
  }

  /** One journey. `again`: it was refused on the way. */
  async #walk(buyer: Connection, person: number): Promise<'done' | 'again' | 'sold_out'> {
    const { offer, journey } = this.#order;
    const shop = this.#shop;
    await this.#timed('page', shop.page(buyer, offer));
    if (journey === 'look') return 'done';
    const seats = journey === 'seats' ? await this.#chooseSeats(buyer, person) : undefined;
    if (seats === null) return 'sold_out';
    const hold = this.#heard(await this.#timed('hold', shop.hold(buyer, offer, seats)));
    if (hold === undefined) return 'again';
    const email = `buyer-${person}@example.com`;
    const order = this.#heard(await this.#timed('order', shop.order(buyer, hold, email)));
    if (order === undefined) return 'again';
    const tickets = this.#heard(await this.#timed('pay', shop.pay(buyer, order)));
    if (tickets === undefined) return 'again';
    this.#paid.push(order);
    if (journey === 'buy_and_look') await this.#timed('tickets', shop.tickets(buyer, tickets));
    return 'done';
  }

  #heard<Value>(answer: Answer<Value>): Value | undefined {
    if (answer.ok) return answer.value;
    this.#refused[answer.code] = (this.#refused[answer.code] ?? 0) + 1;
    return undefined;
  }

  /** One of the best pairs that seemed free a moment ago, when everybody else chose from the same map. */
  async #chooseSeats(buyer: Connection, person: number): Promise<string[] | null> {
    const { offer } = this.#order;
    if (!this.#map || performance.now() - this.#map.readAt > mapAgeMs) {
      const free = this.#shop.takenSeats(buyer, offer).then((ids) => {
        const taken = new Set(ids);
        const pairs = pairsOf(offer.seatIds);
        return pairs.filter((pair) => !pair.some((id) => taken.has(id)));
      });
      this.#map = { readAt: performance.now(), free };
    }
    const free = await this.#map.free;
    if (free.length < pairsMin) return null;
    return free[(person * 7919) % bestPairs] ?? null;
  }

  async #timed<Value>(step: Step, request: Promise<Value>): Promise<Value> {
    const startedAt = performance.now();
    const value = await request;
    this.#count(this.#steps[step], startedAt, false);
    return value;
  }

  #count(histogram: Histogram, startedAt: number, isJourney: boolean): void {
    const now = performance.now();
    if (now < this.#windowFrom || now > this.#windowTo) return;
    histogram.record(now - startedAt);
    if (isJourney) this.#journeys += 1;
    else this.#requests += 1;
  }

  #outcome(): SaleOutcome {
    return {
      windowMs: this.#windowTo - this.#windowFrom,
      journeys: this.#journeys,
      requests: this.#requests,
      whole: this.#whole.data,
      steps: Object.fromEntries(
        steps.map((step) => [step, this.#steps[step].data]),
      ) as SaleOutcome['steps'],
      paid: this.#paid,
      refused: this.#refused,
      wrong: this.#wrong,
    };
  }
}

function pairsOf(seatIds: readonly string[]): string[][] {
  const pairs: string[][] = [];
  for (let index = 0; index + 1 < seatIds.length; index += 2)
    pairs.push(seatIds.slice(index, index + 2));
  return pairs;
}
