/** Samples kept: enough that one of them went and came without a queue. */
const samplesMax = 8;

interface Sample {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

/** Measures how far this device's clock is from the server's. */
export class ServerClock {
  readonly #samples: Sample[] = [];

  /** A ping of `sentMs` answered at `receivedMs` (both by this clock) with the server's `serverMs`. */
  add(sentMs: number, serverMs: number, receivedMs: number): void {
    const roundTripMs = receivedMs - sentMs;
    // This clock was set while the ping was under way.
    if (roundTripMs < 0) return;
    this.#samples.push({ roundTripMs, offsetMs: serverMs - (sentMs + roundTripMs / 2) });
    if (this.#samples.length > samplesMax) this.#samples.shift();
  }

  /** What to add to this clock to have the server's, ms: from the quickest of the last samples, wrong by half its round trip at most. */
  get offsetMs(): number | undefined {
    return this.#samples.reduce<Sample | undefined>(
      (best, sample) => (best && best.roundTripMs <= sample.roundTripMs ? best : sample),
      undefined,
    )?.offsetMs;
  }
}
