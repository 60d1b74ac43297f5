import type { Fact } from '../../src/index.ts';
import type { SalesBody, ScanBody } from './facts.ts';
import { ownJournal, type Store } from './store.ts';
import { Fault } from './truth.ts';
import { random, writeMark, type Machine, type World } from './world.ts';

/** A luck with which a machine dies between its commit and its mark. */
export const diesAfterCommit = 5;

/**
 * One transaction on a machine's database, with what follows it. `luck` below 3: the machine dies before the commit, below 13:
 * after it, before the mark is written and anybody told. Undefined: nobody was told anything.
 */
export function transact<Result>(
  world: World,
  machine: Machine,
  luck: number,
  work: (store: Store) => Result,
): Result | undefined {
  if (luck < 3) {
    start(world, machine);
    return undefined;
  }
  const result = work(machine.store);
  if (luck < 13) {
    start(world, machine);
    return undefined;
  }
  if (world.core.marksEachCommit || luck > 90) writeMark(machine);
  return result;
}

/** A machine starts, after a crash or on another database: its memory is empty, and a venue looks at its mark. */
export function start(world: World, machine: Machine): void {
  machine.boots += 1;
  machine.cloudHas = null;
  const { store } = machine;
  if (store.site.kind === 'cloud') return;
  const journal = ownJournal(store);
  const idOf = (stream: string, no: number) =>
    journal[stream === 'sales' ? 'sales' : 'scans'][no - 1]?.id;
  const isProved = world.core.checkMark(machine.mark, store.pairing, idOf) === 'proved';
  if (!isProved && machine.isHonest) throw new Fault('Y-31', 'an honest venue was not believed');
  machine.mayWork = isProved && !store.seals.fenced;
  // What was committed, and not marked before it died, counts from now on.
  if (isProved && world.core.marksAtStart) writeMark(machine);
}

/** Writes a fact of this site. */
export function writeSales(world: World, store: Store, body: SalesBody): Fact<SalesBody> {
  const { sales } = ownJournal(store);
  const fact = {
    site: store.site.no,
    no: sales.length + 1,
    id: random(world),
    kind: body.kind,
    body,
  };
  sales.push(fact);
  world.truth.salesFacts.push(fact);
  return fact;
}

export function writeScan(world: World, store: Store, body: ScanBody): Fact<ScanBody> {
  const { scans } = ownJournal(store);
  const fact = { site: store.site.no, no: scans.length + 1, id: random(world), kind: 'scan', body };
  scans.push(fact);
  world.truth.scanFacts.push(fact);
  return fact;
}
