import type { PassId, ScanId } from '../../src/index.ts';
import type { SalesFact, ScanFact } from './facts.ts';
import { soldTypes } from './scene.ts';

/** Something happened that must never happen. `rule` is the number of the SPEC's. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly rule: string;

  constructor(rule: string, what: string) {
    super(`${rule}: ${what}`);
    this.rule = rule;
  }
}

interface Sale {
  readonly paymentId: string;
  readonly typeNo: number;
  readonly tickets: { readonly passId: PassId; readonly seat: number | null }[];
  refunds: number;
}

/**
 * What truly happened in the world, whatever databases were lost since: buyers keep their tickets, and money that went back is gone.
 * Nobody in the simulation reads it but the checks.
 */
export class Truth {
  readonly sales = new Map<string, Sale>();
  readonly salesFacts: SalesFact[] = [];
  readonly scanFacts: ScanFact[] = [];
  /** What devices decided alone, and the sites that stored it. */
  readonly queued = new Map<ScanId, Set<number>>();
  readonly #soldUnits = soldTypes.map(() => 0);
  readonly #holderOfSeat = new Map<number, PassId>();
  readonly #knownAtEnding = new Map<string, Set<string>>();
  /** The attempt each scan stands for: its own, or the one it was decided alone instead of. */
  readonly #attemptOf = new Map<ScanId, ScanId>();

  sell(sale: Sale): void {
    this.sales.set(sale.paymentId, sale);
    const sold = (this.#soldUnits[sale.typeNo] ?? 0) + sale.tickets.length;
    this.#soldUnits[sale.typeNo] = sold;
    const capacity = soldTypes[sale.typeNo]?.capacity ?? 0;
    if (sold > capacity) throw new Fault('Y-10', `${sold} sold of ${capacity}`);
    for (const { passId, seat } of sale.tickets) {
      if (seat === null) continue;
      const holder = this.#holderOfSeat.get(seat);
      if (holder !== undefined) throw new Fault('Y-12', `seat ${seat} sold twice`);
      this.#holderOfSeat.set(seat, passId);
    }
  }

  refund(paymentId: string): void {
    const sale = this.sales.get(paymentId);
    if (sale === undefined) throw new Fault('Y-53', 'money back for nothing');
    sale.refunds += 1;
    if (sale.refunds > 1) throw new Fault('Y-53', `payment ${paymentId} went back twice`);
    this.#soldUnits[sale.typeNo] = this.sold(sale.typeNo) - sale.tickets.length;
    for (const { seat } of sale.tickets) if (seat !== null) this.#holderOfSeat.delete(seat);
  }

  /** Tickets of a type that people have, and were not paid back. */
  sold(typeNo: number): number {
    return this.#soldUnits[typeNo] ?? 0;
  }

  /** A pass was ended by this fact, at a site that had these scans of it. */
  end(factId: string, log: readonly { readonly site: number; readonly no: number }[]): void {
    this.#knownAtEnding.set(factId, new Set(log.map(({ site, no }) => `${site}/${no}`)));
  }

  wasKnownAtEnding(factId: string, scan: { readonly site: number; readonly no: number }): boolean {
    return this.#knownAtEnding.get(factId)?.has(`${scan.site}/${scan.no}`) === true;
  }

  /** A device showed a verdict of its own, and queued it. */
  queue(scanId: ScanId): void {
    this.queued.set(scanId, new Set());
  }

  /** A site stored what a device had queued. */
  store(scanId: ScanId, site: number): void {
    this.queued.get(scanId)?.add(site);
  }

  beginAttempt(scanId: ScanId, first: ScanId): void {
    this.#attemptOf.set(scanId, this.attemptOf(first));
  }

  attemptOf(scanId: ScanId): ScanId {
    return this.#attemptOf.get(scanId) ?? scanId;
  }
}
