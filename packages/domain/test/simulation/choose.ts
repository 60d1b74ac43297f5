import type { PassId } from '../../src/index.ts';
import type { Step } from './steps.ts';
import type { Store } from './store.ts';
import { workingVenues, type Machine, type World } from './world.ts';

/** One of these, whatever the number. */
export const pick = <Item>(items: readonly Item[], no: number): Item | undefined =>
  items[no % Math.max(1, items.length)];

/** The machine a step is about: the cloud, or one of those that work as the venue. */
export function machineOf(world: World, { site, c }: Step): Machine | undefined {
  return site === 0 ? world.cloud : pick(workingVenues(world), c);
}

/** Does something to one of the passes that a site knows. */
export function withPass(store: Store, no: number, act: (passId: PassId) => void): void {
  const passId = pick([...store.passes.keys()], no);
  if (passId !== undefined && store.passes.get(passId)?.typeNo !== null) act(passId);
}
