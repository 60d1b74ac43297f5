import { available } from '../../src/index.ts';
import { soldTypes } from './scene.ts';
import { Fault } from './truth.ts';
import { workingVenues, type World } from './world.ts';

/** After each step: what people have, and what any machine could sell now, is no more than there is. */
export function checkStock(world: World): void {
  const machines = [world.cloud, ...workingVenues(world)];
  for (const [typeNo, { capacity }] of soldTypes.entries()) {
    let units = world.truth.sold(typeNo);
    for (const { store } of machines) {
      const stock = store.stocks[typeNo];
      if (stock !== undefined) units += stock.held + available(stock);
    }
    if (units > capacity) throw new Fault('Y-10', `${units} units of ${capacity} can be sold`);
  }
  const seatsSeen = new Set<number>();
  for (const { store } of machines) {
    for (const seat of [...store.freeSeats, ...store.holds.flatMap(({ seats }) => seats)]) {
      if (seatsSeen.has(seat)) throw new Fault('Y-12', `seat ${seat} can be sold twice`);
      seatsSeen.add(seat);
    }
  }
}
