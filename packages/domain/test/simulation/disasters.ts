import { pick, machineOf, withPass } from './choose.ts';
import { exchangeNow, pairAnew } from './exchange.ts';
import { rename } from './passes.ts';
import type { Step } from './steps.ts';
import { copyStore } from './store.ts';
import { diesAfterCommit, start, transact } from './transact.ts';
import { addMachine, workingVenues, type Image, type Machine, type World } from './world.ts';

/** What happens to machines and their databases. */
export const disasters: Partial<Record<Step['kind'], (world: World, step: Step) => void>> = {
  crash: (world, step) => {
    const machine = machineOf(world, step);
    if (machine !== undefined) start(world, machine);
  },
  backUp: (world, { a }) => {
    const venue = pick(workingVenues(world), a);
    if (venue !== undefined) world.backup = imageOf(world, venue);
  },
  // The database alone: its mark is in a file beside it, and stays.
  restoreBackup: (world, { a, b, c }) => {
    const venue = pick(workingVenues(world), a);
    if (venue === undefined || world.backup === null) return;
    // Now and then what it was for is that the machine died in the middle of its work.
    if (c % 3 === 0) {
      transact(world, venue, diesAfterCommit, (store) =>
        withPass(store, b, (passId) => rename(world, store, passId)),
      );
    }
    venue.store = copyStore(world.backup.store);
    venue.isHonest = false;
    start(world, venue);
  },
  copyDatabase: (world) => {
    if (world.backup === null) return;
    start(world, addMachine(world, { ...copyOf(world.backup), mark: null }));
  },
  takeImage: (world, { a }) => {
    const venue = pick(workingVenues(world), a);
    if (venue !== undefined) world.image = imageOf(world, venue);
  },
  startImage: (world) => startImage(world, null),
  rollBack: (world, { a }) => startImage(world, pick(workingVenues(world), a) ?? null),
  pairAnew: (world) => {
    if (workingVenues(world).length === 0 && world.isConnected) pairAnew(world);
  },
};

function imageOf(world: World, { store, mark }: Machine): Image {
  return { store: copyStore(store), mark, exchanges: world.exchanges };
}

function copyOf(image: Image): Image {
  return { ...image, store: copyStore(image.store) };
}

/**
 * An image of the whole machine is started, beside the venue or in its place. It cannot tell that it is one. So it is only done where the venue
 * had exchanged since: what it would do before, nothing could see (SPEC Y-33). What starts, and reaches the cloud, asks it before it works.
 */
function startImage(world: World, inPlaceOf: Machine | null): void {
  const { image } = world;
  if (image === null || !world.isConnected || world.exchanges < image.exchanges + 2) return;
  if (inPlaceOf !== null) inPlaceOf.mayWork = false;
  const machine = addMachine(world, copyOf(image));
  start(world, machine);
  if (machine.mayWork) exchangeNow(world, machine);
}
