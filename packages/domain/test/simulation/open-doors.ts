import { newDevice, refresh } from './device.ts';
import { catchUp } from './exchange.ts';
import { accredit } from './passes.ts';
import { give, hold, payHold } from './sales.ts';
import { soldTypes } from './scene.ts';
import { writeMark, type World } from './world.ts';

const devicesCount = 6;

/** An ordinary morning: some is sold at both sites, people are accredited, the devices are loaded. */
export function openDoors(world: World): void {
  const [venue] = world.venues;
  if (venue === undefined) return;
  for (let no = 0; no < devicesCount; no++) world.devices.push(newDevice(no));
  for (const typeNo of soldTypes.keys()) {
    for (const units of [1, 2]) give(world, world.cloud.store, typeNo, units);
  }
  catchUp(world, venue);
  for (const { store } of [world.cloud, venue]) {
    for (const typeNo of soldTypes.keys()) {
      hold(store, typeNo, 1);
      payHold(world, store, 0);
    }
  }
  accredit(world, world.cloud.store, 0, soldTypes.length);
  catchUp(world, venue);
  writeMark(venue);
  for (const device of world.devices) refresh(world, device);
}
