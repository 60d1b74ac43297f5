import type { Verdict } from '@catraca/domain';
import { kindOf } from './pass.ts';
import { Permutation } from './permutation.ts';

/** How a code is presented: as QR, as barcode, as a QR with another signature, or a stranger's code. */
export type Presented = 'qr' | 'barcode' | 'forged' | 'stranger';

/** Which entrance: to the hall (limited, never full), to backstage (open to no type), to the lounge (no room for anybody). */
export type Entrance = 'hall' | 'backstage' | 'lounge';

/**
 * `first_of_two` and `second_of_two`: the same pass at two gates at the same moment. One of the two is admitted
 * and the other is `already_used`; which is which is decided by who is quicker.
 */
export type Expected = Verdict | 'first_of_two' | 'second_of_two';

export interface PlannedScan {
  readonly pass: number;
  readonly presented: Presented;
  readonly entrance: Entrance;
  readonly expected: Expected;
}

/** Where the walk through the passes stands. */
export interface Walk {
  /** Passes there are. */
  readonly size: number;
  /** The first places of the walk, whose good passes came in before the benchmark. */
  readonly used: number;
  /** The next place; none before it comes again as a first scan. */
  readonly cursor: number;
}

/**
 * Of each thousand scans so many are not a first scan of a pass by its QR code, in this order. With the odd passes
 * (`kindOf`) about one scan in ten is refused.
 */
const shares = [
  ['stranger', 10],
  ['forged', 5],
  ['backstage', 10],
  ['used', 40],
  ['twice', 1],
  ['lounge', 5],
  ['barcode', 20],
] as const;
type Special = (typeof shares)[number][0];

/** Prime to a thousand: spreads the special scans evenly. */
const spread = 617;

/**
 * Which code comes next, and what the answer must be. Pure: the same walk gives the same scans. Almost every scan takes
 * the next pass of the walk, so that ten million passes are read at random and none twice.
 */
export class Plan {
  readonly #walk: Walk;
  readonly #order: Permutation;
  #cursor: number;
  #step = 0;
  #second: PlannedScan | undefined;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#order = new Permutation(walk.size);
    this.#cursor = walk.cursor;
  }

  /** Where the walk stands now. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Undefined when every pass has had its turn. */
  next(): PlannedScan | undefined {
    const second = this.#second;
    this.#second = undefined;
    if (second) return second;
    if (this.#cursor >= this.#walk.size) return undefined;
    this.#step += 1;
    return this.#present(specialOf(this.#step));
  }

  #present(special: Special | undefined): PlannedScan {
    switch (special) {
      case 'stranger':
        return {
          pass: this.#step,
          presented: 'stranger',
          entrance: 'hall',
          expected: 'unknown_code',
        };
      case 'forged':
        return { ...this.#fresh('hall'), presented: 'forged', expected: 'bad_signature' };
      case 'used':
        return this.#used() ?? this.#fresh('hall');
      case 'twice':
        return this.#twice();
      case 'backstage':
      case 'lounge':
        return this.#fresh(special);
      case 'barcode':
        return { ...this.#fresh('hall'), presented: 'barcode' };
      case undefined:
        return this.#fresh('hall');
    }
  }

  #fresh(entrance: Entrance): PlannedScan {
    const pass = this.#order.at(this.#cursor);
    this.#cursor += 1;
    return { pass, presented: 'qr', entrance, expected: verdictOf(pass, entrance) };
  }

  #twice(): PlannedScan {
    const scan = this.#fresh('hall');
    if (scan.expected !== 'admitted') return scan;
    this.#second = { ...scan, expected: 'second_of_two' };
    return { ...scan, expected: 'first_of_two' };
  }

  /** One of those that came in before. Undefined when there are none. */
  #used(): PlannedScan | undefined {
    const { used } = this.#walk;
    for (let tried = 0; tried < used; tried++) {
      const pass = this.#order.at((this.#step * spread + tried) % used);
      if (kindOf(pass) !== 'good') continue;
      return { pass, presented: 'qr', entrance: 'hall', expected: 'already_used' };
    }
    return undefined;
  }
}

function specialOf(step: number): Special | undefined {
  let slot = (step * spread) % 1000;
  for (const [special, share] of shares) {
    if (slot < share) return special;
    slot -= share;
  }
  return undefined;
}

/** The verdict of a pass that never came in, by the rules of the benchmark's event (`database/make-event.ts`). */
function verdictOf(pass: number, entrance: Entrance): Verdict {
  const kind = kindOf(pass);
  if (kind === 'revoked' || kind === 'blocked') return kind;
  if (entrance === 'backstage') return 'wrong_area';
  if (kind === 'early') return entrance === 'hall' ? 'not_yet_valid' : 'wrong_area';
  return entrance === 'lounge' ? 'area_full' : 'admitted';
}
