import { uuidv7, type ScanId, type SealProof, type StoredMark } from '../../src/index.ts';
import type { Core } from './core.ts';
import type { Device } from './device.ts';
import type { Answer, Request } from './exchange.ts';
import { openingAt } from './scene.ts';
import { newCloud, pairVenue, type Store } from './store.ts';
import { Truth } from './truth.ts';

/** A machine with a database and, beside it, its mark. What is not in these two is gone when it crashes. */
export interface Machine {
  readonly name: string;
  store: Store;
  mark: StoredMark | null;
  /** False once it found, or was told, that it is not the venue it was. */
  mayWork: boolean;
  /** Its database was never another's, nor its own of an earlier day. */
  isHonest: boolean;
  /** Counts its starts: an answer to a connection of an earlier one reaches nobody. */
  boots: number;
  clockOffset: number;
  /** In memory: what the cloud said it has taken of this venue's facts. */
  cloudHas: Answer['cursors'] | null;
}

export type Message =
  | { readonly to: 'cloud'; readonly from: Machine; readonly boot: number; readonly body: Request }
  | {
      readonly to: Machine;
      readonly boot: number;
      readonly proof: SealProof;
      readonly body: Answer | 'fenced';
    };

/** What a machine was, to be started or copied from later. */
export interface Image {
  readonly store: Store;
  readonly mark: StoredMark | null;
  /** Of the accepted proofs so far, at the cloud. */
  readonly exchanges: number;
}

export interface World {
  readonly core: Core;
  readonly truth: Truth;
  now: number;
  readonly cloud: Machine;
  /** All that were ever made to be the venue; the last that works is the one at the doors. */
  venues: Machine[];
  readonly devices: Device[];
  isConnected: boolean;
  messages: Message[];
  backup: Image | null;
  image: Image | null;
  /** Proofs the cloud accepted. */
  exchanges: number;
  randoms: number;
  /** Every clock was right, all the time. */
  areClocksRight: boolean;
}

function newMachine(name: string, store: Store): Machine {
  return {
    name,
    store,
    mark: null,
    mayWork: true,
    isHonest: true,
    boots: 0,
    clockOffset: 0,
    cloudHas: null,
  };
}

export function newWorld(core: Core): World {
  const cloud = newMachine('cloud', newCloud());
  const world: World = {
    core,
    truth: new Truth(),
    now: openingAt,
    cloud,
    venues: [],
    devices: [],
    isConnected: true,
    messages: [],
    backup: null,
    image: null,
    exchanges: 0,
    randoms: 0,
    areClocksRight: true,
  };
  addVenue(world);
  return world;
}

/** Pairs a new venue, on an empty database. */
export function addVenue(world: World): Machine {
  const pairing = random(world);
  const venue = newMachine(
    `venue ${world.venues.length + 1}`,
    pairVenue(world.cloud.store, pairing, world.core.writesOff),
  );
  writeMark(venue);
  world.venues.push(venue);
  return venue;
}

/** A copy of a machine's database on another one. */
export function addMachine(world: World, image: Image): Machine {
  const machine = newMachine(`venue ${world.venues.length + 1}`, image.store);
  machine.mark = image.mark;
  machine.isHonest = false;
  world.venues.push(machine);
  return machine;
}

/** Random and never drawn before, as a uuid is. */
export function random(world: World): string {
  world.randoms += 1;
  return `r${world.randoms}`;
}

export function newScanId(world: World): ScanId {
  world.randoms += 1;
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setUint32(6, world.randoms);
  return uuidv7(world.now, bytes);
}

export function workingVenues(world: World): Machine[] {
  return world.venues.filter(({ mayWork }) => mayWork);
}

export function clockOf(world: World, machine: { readonly clockOffset: number }): number {
  return world.now + machine.clockOffset;
}

export function writeMark(machine: Machine): void {
  const { journals, site, pairing } = machine.store;
  const own = journals.get(site.no);
  const cursors = (['sales', 'scans'] as const).map((stream) => {
    const last = own?.[stream].at(-1);
    return [stream, { no: last?.no ?? 0, id: last?.id ?? null }] as const;
  });
  machine.mark = { pairing, streams: new Map(cursors) };
}
