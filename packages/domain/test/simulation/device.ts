import {
  acknowledged,
  decideScan,
  emptyOutbox,
  lastAfter,
  livingFromNo,
  nextUpload,
  queued,
  type Outbox,
  type PassFacts,
  type PassId,
} from '../../src/index.ts';
import type { QueuedScan } from './facts.ts';
import { judge, judges, passFacts, takeAlone, type Attempt } from './judge.ts';
import { anyDevice, rulesAlone } from './scene.ts';
import type { Store } from './store.ts';
import { transact } from './transact.ts';
import { clockOf, newScanId, workingVenues, type Machine, type World } from './world.ts';

/** What a device keeps of a pass while it is connected. */
interface KnownPass {
  readonly facts: PassFacts;
  readonly livingFrom: number;
}

export interface Device {
  /** The site it reaches, or none. */
  reaches: 0 | 1 | null;
  clockOffset: number;
  /** What it measured: the site's clock less its own. */
  measured: number;
  known: Map<PassId, KnownPass> | null;
  outbox: Outbox<QueuedScan>;
  /** In memory: what it sent and had no answer for. */
  unanswered: Attempt | null;
}

export function newDevice(no: number): Device {
  return {
    reaches: no % 2 === 0 ? 0 : 1,
    clockOffset: 0,
    measured: 0,
    known: null,
    outbox: emptyOutbox,
    unanswered: null,
  };
}

/** The machine that judges what comes to this device's site: itself, or the other one behind it. */
function judgeFor(world: World, device: Device): Machine | undefined {
  if (device.reaches === null) return undefined;
  const venue = workingVenues(world).at(-1);
  const [near, far] = device.reaches === 0 ? [world.cloud, venue] : [venue, world.cloud];
  if (near !== undefined && judges(world, near.store)) return near;
  const isFarReached = near !== undefined && far !== undefined && world.isConnected;
  return isFarReached && judges(world, far.store) ? far : undefined;
}

/** While connected, a device loads the passes and measures its clock. */
export function refresh(world: World, device: Device): void {
  const machine = device.reaches === 0 ? world.cloud : workingVenues(world).at(-1);
  if (device.reaches === null || machine === undefined) return;
  device.measured = machine.clockOffset - device.clockOffset;
  const { store } = machine;
  // Its own scans that no site has yet would be forgotten: they go first.
  if (device.outbox.scans.length > 0) return;
  device.known = new Map();
  for (const [passId, row] of store.passes) {
    const facts = passFacts(store, passId);
    if (facts === null) continue;
    device.known.set(passId, { facts, livingFrom: livingFromNo(row.mediumNo, row.status) ?? 0 });
  }
}

/**
 * A code is read. `luck` below 18: no answer comes, and from 3 to 12 the site has it all the same. Then, and where no site is reached,
 * the device decides alone.
 */
export function scan(world: World, device: Device, attempt: Attempt, luck: number): void {
  world.truth.beginAttempt(attempt.scanId, attempt.scanId);
  device.unanswered = null;
  if (device.reaches === null) return decideAlone(world, device, attempt, null);
  const machine = judgeFor(world, device);
  // The site says that it does not judge, or the device hears from nobody: a person waits, and nothing is shown.
  if (machine === undefined) return;
  const isLost = luck >= 13 && luck < 18;
  const answer = isLost ? undefined : sendTo(world, machine, attempt, luck);
  if (answer !== undefined) return;
  if (device.known !== null && luck % 2 === 0) return decideAlone(world, device, attempt, attempt);
  device.unanswered = attempt;
}

function sendTo(world: World, machine: Machine, attempt: Attempt, luck: number) {
  return transact(world, machine, luck, (store) =>
    judge(world, store, attempt, clockOf(world, machine)),
  );
}

/** The same attempt once more, or to the other site, since this one does not answer. */
export function sendAgain(world: World, device: Device, luck: number): void {
  if (luck % 2 === 0 && device.unanswered !== null) device.reaches = device.reaches === 0 ? 1 : 0;
  const machine = judgeFor(world, device);
  const attempt = device.unanswered;
  if (attempt === null || machine === undefined) return;
  if (sendTo(world, machine, attempt, luck) !== undefined) device.unanswered = null;
}

function decideAlone(
  world: World,
  device: Device,
  attempt: Attempt,
  unanswered: Attempt | null,
): void {
  if (device.known === null) return;
  const scanId = unanswered === null ? attempt.scanId : newScanId(world);
  world.truth.beginAttempt(scanId, attempt.scanId);
  const instead = world.core.namesFirstAttempt ? (unanswered?.scanId ?? null) : null;
  const known = device.known.get(attempt.passId);
  const at = clockOf(world, device) + device.measured;
  const { passId, mediumNo, checkpointId, direction } = attempt;
  const facts = { checkpointId, direction, at };
  const finding =
    known === undefined ? 'unknown_code' : mediumNo >= known.livingFrom ? 'known' : 'dead_medium';
  const decision = decideScan(
    rulesAlone,
    known?.facts ?? null,
    finding,
    facts,
    anyDevice,
    new Map(),
  );
  const verdict = known === undefined ? 'offline_unknown' : decision.verdict;
  if (known !== undefined) {
    const last = lastAfter(known.facts.last, decision, at);
    device.known.set(passId, { ...known, facts: { ...known.facts, last } });
  }
  world.truth.queue(scanId);
  device.outbox = queued(device.outbox, { ...facts, scanId, instead, passId, mediumNo, verdict });
}

const scansPerUpload = 4;

/** Sends what is queued. `luck` from 3 to 12: the site has it, and the device does not know. */
export function upload(world: World, device: Device, luck: number): void {
  const scans = nextUpload(device.outbox, scansPerUpload);
  const machine = judgeFor(world, device);
  if (machine === undefined || scans.length === 0) return;
  if (!world.core.keepsUntilAcknowledged) device.outbox = emptyOutbox;
  const answer = transact(world, machine, luck, (store: Store) => {
    for (const one of scans) {
      takeAlone(world, store, one);
      world.truth.store(one.scanId, store.site.no);
    }
    return scans.map(({ scanId }) => scanId);
  });
  if (answer !== undefined) device.outbox = acknowledged(device.outbox, answer);
}
