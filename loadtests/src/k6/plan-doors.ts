import type { Db } from '@catraca/db';
import type { Direction, Verdict } from '@catraca/domain';
import assert from 'node:assert/strict';
import { scanIdOf } from '../generator/scan-ids.ts';
import { arrivalAt } from './arrivals.ts';
import { type CrowdPasses, issueCrowdPasses } from './crowd-passes.ts';
import type { LoadPass } from './passes.ts';
import { type LoadVenue, verdictOfType } from './venue.ts';

/** One scan of the plan, as `k6/lib/device.js` takes it. */
export interface PlannedScan {
  readonly id: string;
  /** Ms after the beginning. */
  readonly dueMs: number;
  readonly code: string;
  readonly checkpointId: string;
  readonly direction: Direction;
  /** One of two where two gates see the same pass at the same moment. */
  readonly expected: readonly Verdict[];
}

/** All scans of a run. */
export interface DoorsPlan {
  /** For each device, in the order they are due. */
  readonly byDevice: readonly (readonly PlannedScan[])[];
  /** Pairs of scans of which exactly one is admitted. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly people: number;
}

/** How a scan differs from a good pass at a gate that it opens. */
type Refusal = (typeof refusals)[number];
const refusals = [
  ...['stranger', 'forged', 'revoked', 'refunded', 'unpaid', 'blocked'],
  ...['tomorrow', 'later', 'earlier', 'other', 'backstage', 'lounge'],
  ...['again', 'inside', 'outside', 'counted', 'foreign device', 'two gates'],
] as const;

/** Of all scans. */
const refusedShare = 0.05;

/** One in so many shows the barcode, and one in so many has a pass to come and go. */
const barcodeEvery = 50;
const comingEvery = 10;

/**
 * So many people come in an arrival curve to the gates of a venue; and beside them those who are refused, of every kind, so that
 * they are one scan in twenty. Passes are issued for all, and the database knows each.
 */
export async function planDoors(
  db: Db,
  masterKey: Uint8Array,
  venue: LoadVenue,
  { people, durationMs }: { people: number; durationMs: number },
): Promise<DoorsPlan> {
  const refused = Math.round((people * refusedShare) / (1 - refusedShare));
  const passes = await issueCrowdPasses(db, masterKey, venue, {
    people,
    coming: Math.ceil(people / comingEvery),
    perKind: Math.ceil(refused / refusals.length),
    kinds: refusals.length,
  });
  const writer = new PlanWriter(venue, passes, durationMs);
  for (let person = 0; person < people; person++) writer.person(person, people);
  for (let index = 0; index < refused; index++) writer.refused(index, refused);
  return writer.plan(people);
}

interface Draft extends Omit<PlannedScan, 'id' | 'checkpointId' | 'direction'> {
  readonly device: number;
  readonly checkpoint?: bigint;
  readonly direction?: Direction;
}

/** Spreads scans over devices, and gives each its id. The first device is the one that may not scan everywhere. */
class PlanWriter {
  readonly #venue: LoadVenue;
  readonly #passes: CrowdPasses;
  readonly #durationMs: number;
  readonly #byDevice: PlannedScan[][];
  readonly #pairs: [string, string][] = [];
  readonly #runAt = Date.now();
  #count = 0;

  constructor(venue: LoadVenue, passes: CrowdPasses, durationMs: number) {
    this.#venue = venue;
    this.#passes = passes;
    this.#durationMs = durationMs;
    this.#byDevice = venue.devices.map(() => []);
  }

  person(index: number, people: number): void {
    const coming = index % comingEvery === 0;
    const pass = this.#take(coming ? 'coming' : 'day');
    const code = index % barcodeEvery === 1 ? pass.barcode : pass.token;
    const dueMs = this.#dueAt((index + 0.5) / people);
    const device = index % this.#byDevice.length;
    this.#add({ device, dueMs, code, expected: ['admitted'] });
  }

  refused(index: number, count: number): void {
    const kind = refusals[index % refusals.length];
    assert(kind !== undefined);
    const dueMs = this.#dueAt((index + 0.5) / count);
    const device = 1 + (index % (this.#byDevice.length - 1));
    const one = (code: string, verdict: Verdict, more: Partial<Draft> = {}) =>
      this.#add({ device, dueMs, code, expected: [verdict], ...more });
    this.#refuse(kind, index, one, { device, dueMs });
  }

  #refuse(
    kind: Refusal,
    index: number,
    one: (code: string, verdict: Verdict, more?: Partial<Draft>) => string,
    at: { device: number; dueMs: number },
  ): void {
    switch (kind) {
      case 'stranger':
        one(`https://elsewhere.example/${index}`, 'unknown_code');
        return;
      case 'forged':
        one(forge(this.#take('day').token), 'bad_signature');
        return;
      case 'revoked':
      case 'refunded':
      case 'unpaid':
      case 'blocked':
        one(this.#take(kind).token, kind);
        return;
      case 'tomorrow':
      case 'later':
      case 'earlier':
      case 'other':
        one(this.#take(kind).token, verdictOfType[kind]);
        return;
      case 'backstage':
        one(this.#take('day').token, 'wrong_area', { checkpoint: this.#venue.backstage });
        return;
      case 'lounge':
        one(this.#take('day').token, 'area_full', { checkpoint: this.#venue.lounge });
        return;
      case 'again': {
        const { token } = this.#take('day');
        one(token, 'admitted');
        one(token, 'already_used');
        return;
      }
      case 'inside': {
        const { token } = this.#take('coming');
        one(token, 'admitted');
        one(token, 'already_inside');
        one(token, 'exited', { direction: 'exit' });
        one(token, 'admitted');
        return;
      }
      case 'outside':
        one(this.#take('coming').token, 'not_inside', { direction: 'exit' });
        return;
      case 'counted': {
        const { token } = this.#take('twice');
        one(token, 'admitted');
        one(token, 'exited', { direction: 'exit' });
        one(token, 'too_many_entries');
        return;
      }
      case 'foreign device':
        one(this.#take('day').token, 'device_not_allowed', {
          ...{ device: 0, checkpoint: this.#gate(1) },
        });
        return;
      case 'two gates':
        this.#twoGates(at);
        return;
      default:
        assert.fail(`nothing is planned for ${kind}`);
    }
  }

  /** The same pass at two gates at the same moment: one of the two is admitted, whichever is quicker. */
  #twoGates({ device, dueMs }: { device: number; dueMs: number }): void {
    const { token: code } = this.#take('day');
    const both = { dueMs, code, expected: ['admitted', 'already_used'] as const };
    const other = device === this.#venue.devices.length - 1 ? 1 : device + 1;
    this.#pairs.push([this.#add({ ...both, device }), this.#add({ ...both, device: other })]);
  }

  #add({ device, checkpoint, direction = 'entry', dueMs, code, expected }: Draft): string {
    const id = scanIdOf(this.#runAt, this.#count);
    this.#count += 1;
    const checkpointId = String(checkpoint ?? this.#gate(device));
    this.#byDevice[device]?.push({ id, dueMs, code, checkpointId, direction, expected });
    return id;
  }

  #gate(device: number): bigint {
    const { gates } = this.#venue;
    const gate = gates[device % gates.length];
    assert(gate !== undefined);
    return gate;
  }

  #dueAt(share: number): number {
    return Math.round(arrivalAt(share) * this.#durationMs);
  }

  #take(name: keyof CrowdPasses): LoadPass {
    const pass = this.#passes[name].pop();
    assert(pass, `there are enough passes of ${name}`);
    return pass;
  }

  plan(people: number): DoorsPlan {
    const byDevice = this.#byDevice.map((scans) => scans.sort((a, b) => a.dueMs - b.dueMs));
    return { byDevice, pairs: this.#pairs, people };
  }
}

/** Another letter in the middle of the signature. */
function forge(token: string): string {
  const place = 120;
  return token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1);
}
