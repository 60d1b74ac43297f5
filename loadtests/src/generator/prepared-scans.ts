import { barcodeOf, tokenOf } from '../passes/pass.ts';
import { outcomeCode } from '../passes/outcome.ts';
import { Plan, type PlannedScan, type Walk } from '../passes/plan.ts';
import type { ScanFacts } from './orders.ts';
import { scanIdOf } from './scan-ids.ts';
import type { Wire } from './wire.ts';

/** Room for a frame of this many bytes; one with a token has about 340. */
const bytesPerScan = 400;

/** The scans of a run, written before it starts, so that sending one is no more than a write. */
export class PreparedScans {
  readonly runAt = Date.now();
  readonly count: number;
  /** See `passes/outcome.ts`. */
  readonly expected: Uint8Array;
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;
  /** Where the walk stands after each scan. */
  readonly #cursors: Uint32Array;

  constructor(facts: ScanFacts, walk: Walk, wire: Wire, scansMax: number) {
    this.expected = new Uint8Array(scansMax);
    this.#bytes = Buffer.allocUnsafe(scansMax * bytesPerScan);
    this.#ends = new Uint32Array(scansMax);
    this.#cursors = new Uint32Array(scansMax);
    const plan = new Plan(walk);
    let [count, end] = [0, 0];
    while (count < scansMax) {
      const planned = plan.next();
      if (planned === undefined) break;
      const text = scanText(planned, facts, this.runAt, count);
      end += wire.encode(Buffer.from(text)).copy(this.#bytes, end);
      this.expected[count] = outcomeCode(planned.expected) ?? 0;
      this.#ends[count] = end;
      this.#cursors[count] = plan.cursor;
      count += 1;
    }
    this.count = count;
  }

  frame(index: number): Buffer {
    return this.#bytes.subarray(this.#ends[index - 1] ?? 0, this.#ends[index]);
  }

  /** Where the walk stands when the first `sent` scans were sent. */
  cursorAfter(sent: number): number | undefined {
    return this.#cursors[sent - 1];
  }
}

function scanText(planned: PlannedScan, facts: ScanFacts, runAt: number, index: number): string {
  const points = facts.checkpoints[planned.entrance];
  return JSON.stringify({
    type: 'scan',
    scanId: scanIdOf(runAt, index),
    code: codeOf(planned, facts),
    checkpointId: points[index % points.length],
    direction: 'entry',
    scannedAt: new Date(runAt).toISOString(),
  });
}

function codeOf({ pass, presented }: PlannedScan, { token }: ScanFacts): string {
  switch (presented) {
    case 'stranger':
      return `https://elsewhere.example/${pass}`;
    case 'barcode':
      return barcodeOf(pass);
    case 'qr':
      return tokenOf(pass, token);
    case 'forged':
      return forge(tokenOf(pass, token));
  }
}

/** The last letter is of the signature alone. */
function forge(token: string): string {
  return token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
}
