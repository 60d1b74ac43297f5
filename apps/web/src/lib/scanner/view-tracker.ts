import { parseCode } from '@catraca/domain';

/**
 * A code has left the view when it was not read for so long (ms). Readings fail now and then while a hand moves;
 * whoever really wants the same code again takes it away for a breath.
 */
export const leftViewAfterMs = 1_000;

interface InView {
  readonly isNumber: boolean;
  lastSeenMs: number;
  taken: boolean;
  /** Seen in one frame with a taken code of the other kind: the two are on one sheet of paper. */
  sameSheet: boolean;
}

/**
 * Tells which of the codes in view are to be scanned. The same code is taken once until it has left the view.
 * While a taken code is in the frame, no other is: the person at the gate could not tell whose verdict it is.
 * A ticket on paper carries its token and its barcode number: once one was taken, the other is not, as it would say `already_used`.
 */
export class ViewTracker {
  readonly #inView = new Map<string, InView>();

  /** `codes` of one frame, the most likely first; `nowMs` of any clock that does not go back. Returns the code to scan, if any. */
  see(codes: readonly string[], nowMs: number): string | undefined {
    this.#forget(nowMs);
    for (const code of codes) this.#notice(code, nowMs);
    const seen = codes.flatMap((code) => this.#inView.get(code) ?? []);
    this.#markSheets(seen);
    if (seen.some((code) => code.taken)) return undefined;
    const next = codes.find((code) => this.#mayTake(code));
    const entry = next === undefined ? undefined : this.#inView.get(next);
    if (entry) entry.taken = true;
    return next;
  }

  #forget(nowMs: number): void {
    for (const [code, { lastSeenMs }] of this.#inView) {
      if (nowMs - lastSeenMs >= leftViewAfterMs) this.#inView.delete(code);
    }
  }

  #notice(code: string, nowMs: number): void {
    const known = this.#inView.get(code);
    if (known) known.lastSeenMs = nowMs;
    else this.#inView.set(code, fresh(code, nowMs));
  }

  #markSheets(seen: readonly InView[]): void {
    for (const code of seen) {
      if (seen.some((other) => other.taken && other.isNumber !== code.isNumber)) {
        code.sameSheet = true;
      }
    }
  }

  /** The next ticket's code is taken at once; one of the other kind only when the taken one has left the view. */
  #mayTake(text: string): boolean {
    const code = this.#inView.get(text);
    if (!code || code.sameSheet) return false;
    return ![...this.#inView.values()].some(
      (other) => other.taken && other.isNumber !== code.isNumber,
    );
  }
}

function fresh(code: string, nowMs: number): InView {
  const isNumber = parseCode(code).kind === 'barcode';
  return { isNumber, lastSeenMs: nowMs, taken: false, sameSheet: false };
}
