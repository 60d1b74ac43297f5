import { openText, UnopenedError } from '@catraca/db';
import type { Judged, Venue } from '@catraca/db/gate';
import { type CheckpointId, parseCode, type ScanId, toId } from '@catraca/domain';
import type { ScanAnswer, ScanRequest } from '@catraca/protocol';
import { answerOf } from './answer.ts';
import { claimProblem } from './claim-problem.ts';
import { Batcher } from './batcher.ts';
import type { GateScan } from '@catraca/db/gate';
import type { DeviceRates } from './device-rates.ts';
import type { Device } from './devices.ts';
import type { GateMetrics } from './metrics.ts';
import type { Lane } from './lane.ts';
import type { Verifier } from './verifier.ts';

export interface GateEvents {
  /** Scans became durable; some of them may have been answered before as well. */
  judged(judged: Judged): void;
  /** A batch failed: it is not known what of it became durable. */
  failed(error: unknown, size: number): void;
  /** The name of a pass's holder could not be read. */
  unopened(error: UnopenedError): void;
}

export interface GateParts {
  readonly lanes: readonly Lane[];
  readonly verifier: Verifier;
  readonly rates: DeviceRates;
  readonly metrics: GateMetrics;
  readonly events: GateEvents;
}

export type Answer = (answer: ScanAnswer) => void;

/**
 * From a scan to its verdict: decode, collect into a batch, read, decide, write, and answer once it is committed
 * (`judgeScans`). A token that is not a stored one is verified beside that road and comes again.
 */
export class Gate {
  readonly #batcher: Batcher;
  readonly #verifier: Verifier;
  readonly #rates: DeviceRates;
  readonly #metrics: GateMetrics;
  readonly #unopened: GateEvents['unopened'];
  #open = 0;
  #closed = false;
  #whenIdle: (() => void) | undefined;

  constructor({ lanes, verifier, rates, metrics, events }: GateParts) {
    this.#verifier = verifier;
    this.#rates = rates;
    this.#metrics = metrics;
    this.#unopened = events.unopened;
    this.#batcher = new Batcher(lanes, {
      judged: (judged, times) => {
        metrics.batch(times, judged.spent);
        events.judged(judged);
      },
      failed: (error, size) => {
        metrics.failed();
        events.failed(error, size);
      },
    });
    metrics.observe({
      waiting: () => this.#batcher.waiting,
      lanesBusy: () => this.#batcher.lanesBusy,
      open: () => this.#open,
      verifying: () => verifier.pending,
    });
  }

  /**
   * Takes a scan of a device at its venue and answers it exactly once, sooner or later, in any order with others. One that is beyond
   * the device's rate is answered `busy` at once.
   */
  submit(device: Device, venue: Venue, request: ScanRequest, answer: Answer): void {
    const { scanId } = request;
    if (this.#closed) return answer({ type: 'busy', scanId });
    const startedAt = performance.now();
    if (!this.#rates.take(device.id, startedAt)) {
      this.#metrics.limited();
      return answer({ type: 'busy', scanId });
    }
    if (!venue.judging.here) {
      const message = `judged at ${venue.judging.siteName ?? 'another site'}`.slice(0, 200);
      return answer({ type: 'refused', scanId, code: 'judged_elsewhere', message });
    }
    const checkpointId = toId<CheckpointId>(BigInt(request.checkpointId));
    if (!venue.rules.checkpoints.has(checkpointId)) {
      const message = 'checkpointId: not one of this event';
      return answer({ type: 'refused', scanId, code: 'unknown_checkpoint', message });
    }
    const problem = claimProblem(request, venue, Date.now());
    if (problem !== undefined) return answer({ type: 'refused', scanId, ...problem });
    this.#open += 1;
    this.#judge(scanOf(device, venue, request, checkpointId), venue, (message) => {
      this.#metrics.answered(message, performance.now() - startedAt);
      answer(message);
      this.#open -= 1;
      if (this.#open === 0) this.#whenIdle?.();
    });
  }

  /** Takes no more scans, and resolves when each that was taken is answered. */
  async drain(): Promise<void> {
    this.#closed = true;
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  async close(): Promise<void> {
    await this.#batcher.close();
  }

  #judge(scan: GateScan, venue: Venue, answer: Answer): void {
    this.#batcher.offer({
      scan,
      done: (outcome) => {
        if (outcome.kind === 'unverified') this.#verify(scan, venue, answer);
        else answer(answerOf(scan, outcome, venue, this.#nameOf));
      },
    });
  }

  /** What was judged is told, with a name or without: nobody waits at a gate because a name does not open. */
  readonly #nameOf = (sealed: Uint8Array): string => {
    try {
      return openText(sealed);
    } catch (error) {
      if (!(error instanceof UnopenedError)) throw error;
      this.#unopened(error);
      return '';
    }
  };

  #verify(scan: GateScan, venue: Venue, answer: Answer): void {
    const { code, scanId } = scan;
    const taken =
      code.kind === 'token' &&
      this.#verifier.offer(code, (verification) =>
        this.#judge({ ...scan, verification }, venue, answer),
      );
    if (!taken) answer({ type: 'busy', scanId });
  }
}

function scanOf(
  { id, eventId, checkpointIds }: Device,
  { rules }: Venue,
  { scanId, code, direction, scannedAt, alone }: ScanRequest,
  checkpointId: CheckpointId,
): GateScan {
  return {
    scanId: scanId as ScanId,
    code: parseCode(code),
    codeText: code,
    verification: null,
    checkpointId,
    direction,
    scannedAt: Date.parse(scannedAt),
    alone: alone ? { verdict: alone.verdict, at: Date.parse(alone.at) } : null,
    device: { id, eventId, checkpointIds },
    rules,
  };
}
