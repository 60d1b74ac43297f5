import { refresh, upload } from './device.ts';
import { catchUp, exchangeNow, pairAnew } from './exchange.ts';
import { judges } from './judge.ts';
import { takeAuthority } from './run-step.ts';
import { transact } from './transact.ts';
import { Fault } from './truth.ts';
import { workingVenues, type World } from './world.ts';

const steady = 99;

/** All trouble is over: whoever is no venue any more finds out, one is paired if none is left, and all talk until nothing is new. */
export function heal(world: World): void {
  world.isConnected = true;
  world.messages = [];
  for (const venue of world.venues) if (venue.mayWork) exchangeNow(world, venue);
  if (workingVenues(world).length === 0) pairAnew(world);
  talk(world);
  if (!someoneJudges(world)) {
    transact(world, world.cloud, steady, (store) => takeAuthority(world, store));
    talk(world);
  }
  for (const device of world.devices) {
    device.reaches = 0;
    for (let waiting = Infinity; device.outbox.scans.length > 0;) {
      if (device.outbox.scans.length >= waiting) throw new Fault('Y-61', 'a scan waits for ever');
      waiting = device.outbox.scans.length;
      upload(world, device, steady);
    }
    refresh(world, device);
  }
  talk(world);
}

function someoneJudges(world: World): boolean {
  return [world.cloud, ...workingVenues(world)].some(({ store }) => judges(world, store));
}

function talk(world: World): void {
  for (const venue of workingVenues(world)) catchUp(world, venue);
}
