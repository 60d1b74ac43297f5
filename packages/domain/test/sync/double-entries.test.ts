import { describe, expect, test } from 'vitest';
import {
  aloneEpoch,
  checkReplay,
  decideScan,
  findDoubleEntries,
  lastAfter,
  mergeAlone,
  uuidv7,
  type Crossing,
  type LoggedScan,
  type ScanId,
} from '../../src/index.ts';
import {
  anyDevice,
  convention,
  pass,
  scan,
  types,
  type CheckpointName,
  type TypeName,
} from '../convention.ts';

type Read = readonly [checkpoint: CheckpointName, direction: 'entry' | 'exit', time: string];

/** Scans as two sites and devices alone make them: each judge knows what it is given, and nothing else. */
class Log {
  readonly scans: LoggedScan[] = [];
  readonly #type: TypeName;

  constructor(type: TypeName) {
    this.#type = type;
  }

  /** Judged in an epoch on `seen`, the crossing the judge knows. */
  judge(
    epoch: number,
    seen: Crossing | null,
    ...[checkpoint, direction, time]: Read
  ): Crossing | null {
    const facts = scan(checkpoint, direction, 1, time);
    const rules = { ...convention, epoch };
    const decision = decideScan(
      rules,
      pass(this.#type, seen),
      'known',
      facts,
      anyDevice,
      new Map(),
    );
    this.scans.push({ ...facts, scanId: this.#nextId(), ...decision });
    return lastAfter(seen, decision, facts.at);
  }

  /** Green on a device that is alone, and merged later by a site that knows `seen`. */
  alone(
    epoch: number,
    seen: Crossing | null,
    ...[checkpoint, direction, time]: Read
  ): Crossing | null {
    const verdict = direction === 'entry' ? 'admitted' : 'exited';
    const facts = { ...scan(checkpoint, direction, 1, time), verdict } as const;
    const rules = { ...convention, epoch };
    const { seenNo, crossing } = mergeAlone(
      rules,
      pass(this.#type, seen),
      'known',
      facts,
      anyDevice,
      null,
    );
    this.scans.push({ ...facts, scanId: this.#nextId(), alone: true, seenNo, crossing });
    return crossing === null ? seen : { ...crossing, at: facts.at, verdict };
  }

  /** Pairs of numbers of scans, from 0: the double one and the one before. */
  doubles(): [double: number, earlier: number, refusal: string][] {
    const numberOf = (id: ScanId) => this.scans.findIndex(({ scanId }) => scanId === id);
    const found = findDoubleEntries(convention, types[this.#type], this.scans);
    const again = findDoubleEntries(convention, types[this.#type], this.scans.toReversed());
    expect(again).toEqual(found);
    return found.map((one) => [numberOf(one.scanId), numberOf(one.earlierScanId), one.refusal]);
  }

  problems(): string[] {
    return checkReplay(convention, types[this.#type], this.scans).map(({ problem }) => problem);
  }

  #nextId(): ScanId {
    return uuidv7(this.scans.length, new Uint8Array(10));
  }
}

describe('Y-24 two sites that judged without each other', () => {
  test('the same pass in at both: the later epoch is the double, whoever was first', () => {
    const log = new Log('once');
    log.judge(0, null, 'gate', 'entry', '10:30');
    log.judge(1, null, 'gate', 'entry', '10:00');
    expect(log.doubles()).toEqual([[0, 1, 'already_used']]);
    expect(log.problems()).toEqual([]);
  });

  test('nothing is reported where the second judge knew', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:00');
    const out = log.judge(1, inside, 'gate', 'exit', '11:00');
    log.judge(2, out, 'gate', 'entry', '12:00');
    expect(log.scans.every(({ crossing }) => crossing !== null)).toBe(true);
    expect(log.doubles()).toEqual([]);
    expect(log.problems()).toEqual([]);
  });

  test('in at one, out there, in at the other is an honest visitor with re-entry', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:00');
    log.judge(0, inside, 'gate', 'exit', '10:30');
    log.judge(1, null, 'gate', 'entry', '11:00');
    expect(log.doubles()).toEqual([]);
  });

  test('and a double where the times say that both were in', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:00');
    log.judge(0, inside, 'gate', 'exit', '10:30');
    log.judge(1, null, 'gate', 'entry', '10:15');
    expect(log.doubles()).toEqual([[2, 0, 'already_inside']]);
  });

  test('two in and none out is a double whatever the clocks say', () => {
    for (const time of ['09:15', '10:00', '12:15']) {
      const log = new Log('reentry');
      log.judge(0, null, 'gate', 'entry', '10:05');
      log.judge(1, null, 'gate', 'entry', time);
      expect(log.scans.every(({ crossing }) => crossing !== null)).toBe(true);
      expect(log.doubles()).toHaveLength(1);
    }
  });

  test('more than N entries come out, though no judge counted them all', () => {
    const log = new Log('threeTimes');
    let first: Crossing | null = null;
    for (const hour of ['10', '11']) {
      first = log.judge(0, first, 'gate', 'entry', `${hour}:00`);
      first = log.judge(0, first, 'gate', 'exit', `${hour}:30`);
    }
    let second: Crossing | null = null;
    for (const hour of ['13', '14']) {
      second = log.judge(1, second, 'gate', 'entry', `${hour}:00`);
      second = log.judge(1, second, 'gate', 'exit', `${hour}:30`);
    }
    expect(log.doubles()).toEqual([[6, 2, 'too_many_entries']]);
  });

  test('no limit, no double', () => {
    const log = new Log('unlimited');
    log.judge(0, null, 'gate', 'entry', '10:00');
    log.judge(1, null, 'gate', 'entry', '10:01');
    expect(log.doubles()).toEqual([]);
  });

  test('a clock that went back puts no effect before its cause', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '12:00');
    log.judge(0, inside, 'gate', 'exit', '10:00');
    // By its own time alone, the exit would be before the entry, and this one after both.
    log.judge(1, null, 'gate', 'entry', '11:59');
    expect(log.doubles()).toEqual([[0, 2, 'already_inside']]);
  });
});

describe('Y-60 Y-62 devices that were alone', () => {
  test('one alone, and nothing else happened: its green is the next crossing', () => {
    const log = new Log('once');
    const inside = log.alone(0, null, 'gate', 'entry', '10:00');
    expect(inside).toMatchObject({ crossingNo: 1, entries: 1 });
    expect(log.doubles()).toEqual([]);
    expect(log.problems()).toEqual([]);
    log.judge(0, inside, 'gate', 'entry', '11:00');
    expect(log.scans[1]).toMatchObject({ verdict: 'already_used', seenNo: 1 });
  });

  test('two alone with the same pass: both green, one moves it, a double names both', () => {
    const log = new Log('once');
    const inside = log.alone(0, null, 'gate', 'entry', '10:05');
    expect(log.alone(0, inside, 'gate', 'entry', '10:03')).toBe(inside);
    expect(log.scans[1]).toMatchObject({ verdict: 'admitted', crossing: null });
    expect(log.doubles()).toEqual([[0, 1, 'already_used']]);
    expect(log.problems()).toEqual([]);
  });

  test('one alone, uploaded after the pass came in where it was known', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:30');
    log.alone(0, inside, 'gate', 'entry', '10:05');
    expect(log.doubles()).toEqual([[0, 1, 'already_inside']]);
  });

  test('in and out on a device alone, then in at a gate, uploaded at last: honest, and nobody is moved back', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:40');
    log.alone(0, inside, 'gate', 'entry', '10:05');
    expect(log.alone(0, inside, 'gate', 'exit', '10:20')).toBe(inside);
    expect(log.doubles()).toEqual([]);
  });

  test('Y-63 an attempt that was sent to two sites, or decided alone instead, is one', () => {
    const log = new Log('once');
    log.judge(0, null, 'gate', 'entry', '10:00');
    log.judge(1, null, 'gate', 'entry', '10:01');
    const [sent, again] = log.scans as [LoggedScan, LoggedScan];
    const toBoth = [sent, { ...again, scanId: sent.scanId }];
    const alone = [sent, { ...again, alone: true, instead: sent.scanId }];
    const refused: LoggedScan = { ...sent, verdict: 'already_used', crossing: null };
    for (const log of [toBoth, alone, [refused, ...alone.slice(1)]]) {
      expect(findDoubleEntries(convention, types.once, log)).toEqual([]);
    }
    // What was refused, and let in alone all the same, counts.
    const other = { ...sent, scanId: uuidv7(9, new Uint8Array(10)) };
    const [, decidedAlone] = alone as [LoggedScan, LoggedScan];
    expect(findDoubleEntries(convention, types.once, [refused, other, decidedAlone])).toHaveLength(
      1,
    );
  });

  test('Y-63 what was green before, without the device having heard, moves nobody again', () => {
    const alone = { ...scan('gate', 'entry', 1, '10:00'), verdict: 'admitted' } as const;
    const crew = pass('unlimited');
    const merged = (before: 'admitted' | 'already_used' | null) =>
      mergeAlone(convention, crew, 'known', alone, anyDevice, before).crossing;
    expect(merged('admitted')).toBeNull();
    expect(merged('already_used')).not.toBeNull();
    expect(merged(null)).not.toBeNull();
  });

  test('Y-63 an exit that two sites judged tells neither of them what the other one knew', () => {
    const log = new Log('threeTimes');
    const inside = log.judge(0, null, 'gate', 'entry', '10:00');
    const out = log.judge(0, inside, 'gate', 'exit', '10:10');
    const there = log.judge(0, out, 'gate', 'entry', '10:20');
    log.judge(0, there, 'gate', 'exit', '12:00');
    const sent = log.scans.at(-1) as LoggedScan;
    const here = log.judge(1, out, 'gate', 'entry', '11:00');
    const outHere = log.judge(1, here, 'gate', 'exit', '11:30');
    const again = log.scans.pop() as LoggedScan;
    log.scans.push({ ...again, scanId: sent.scanId });
    log.judge(1, outHere, 'gate', 'entry', '11:40');
    // Four entries of three: the last one did not know of the second.
    expect(log.doubles().map(([double, , refusal]) => [double, refusal])).toEqual([
      [4, 'already_inside'],
      [6, 'too_many_entries'],
    ]);
  });

  test('Y-63 the wrong clock of a device does not put an attempt before what it was decided on', () => {
    const log = new Log('reentry');
    const inside = log.judge(0, null, 'gate', 'entry', '10:00');
    const out = log.judge(0, inside, 'gate', 'exit', '11:00');
    const again = log.judge(0, out, 'gate', 'entry', '11:10');
    const first = log.scans.at(-1) as LoggedScan;
    log.alone(0, again, 'gate', 'entry', '09:30');
    const repeated = log.scans.pop() as LoggedScan;
    log.scans.push({ ...repeated, instead: first.scanId });
    log.alone(0, again, 'gate', 'entry', '11:00');
    expect(log.doubles()).toEqual([[2, 4, 'already_inside']]);
  });

  test('a device that is alone numbers on from any crossing', () => {
    const log = new Log('reentry');
    const inside = log.judge(2, null, 'gate', 'entry', '10:00');
    const out = log.judge(aloneEpoch, inside, 'gate', 'exit', '10:30');
    expect(log.judge(aloneEpoch, out, 'gate', 'entry', '11:00')).toMatchObject({ entries: 2 });
  });

  test('a pass that was revoked meanwhile is told by the verdict of the merge', () => {
    const alone = { ...scan('gate', 'entry', 1, '10:00'), verdict: 'admitted' } as const;
    const revoked = pass('once', null, { status: 'revoked' });
    expect(mergeAlone(convention, revoked, 'known', alone, anyDevice, null)).toEqual({
      mergeVerdict: 'revoked',
      mergeStatus: 'revoked',
      seenNo: 0,
      crossing: null,
    });
  });

  test('capacity and attention are not asked again of somebody who is inside', () => {
    const alone = { ...scan('gate', 'entry', 1, '10:00'), verdict: 'admitted' } as const;
    const marked = pass('once', null, { needsAttention: true });
    expect(mergeAlone(convention, marked, 'known', alone, anyDevice, null).crossing).not.toBeNull();
    expect(
      mergeAlone(convention, null, 'unknown_code', alone, anyDevice, null).crossing,
    ).toBeNull();
  });

  test('what a device refused alone is kept as it was', () => {
    const alone = { ...scan('gate', 'entry', 1, '10:00'), verdict: 'already_used' } as const;
    expect(
      mergeAlone(convention, pass('once'), 'known', alone, anyDevice, null).crossing,
    ).toBeNull();
  });
});
